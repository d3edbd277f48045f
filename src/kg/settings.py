"""Settings that an operator may change, each by an environment variable `KG_...`."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServerSettings(BaseSettings):
    """What the server is told; the command line overrules the environment."""

    model_config = SettingsConfigDict(env_prefix="KG_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    snapshot: Path | None = Field(default=None, description="Snapshot folder to serve.")
