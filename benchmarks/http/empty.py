"""The least that FastAPI can do: the yardstick for our REST look-ups."""

import sys

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def empty() -> dict[str, str]:
    return {}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
