"""Settings that an operator may change, each by an environment variable `KG_...`."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServerSettings(BaseSettings):
    """What the server is told; the command line overrules the environment."""

    model_config = SettingsConfigDict(env_prefix="KG_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    snapshot: Path | None = Field(default=None, description="Snapshot folder to serve.")
    store: str | None = Field(
        default=None, description="SPARQL endpoint to ask instead of the snapshot's store."
    )


class TextSettings(BaseSettings):
    """What reading the texts of others may cost the server."""

    model_config = SettingsConfigDict(env_prefix="KG_TEXT_", frozen=True)

    mib: int = Field(
        default=2, ge=1, description="Size in MiB of a text, and of any other body that is no SPARQL query."
    )
    at_once: int = Field(
        default=2, ge=1, description="Texts that are annotated, or batches matched, at once; more wait."
    )
    waiting: int = Field(default=16, ge=0, description="Texts that may wait; more are answered with 503.")
    wait: float = Field(default=20.0, gt=0, description="Seconds that a text may wait before it gets 503.")
    seconds: float = Field(
        default=15.0, gt=0, description="Seconds of processor time in which a PDF must be read."
    )


class StoreSettings(BaseSettings):
    """How another engine is asked; secrets come from the environment only."""

    model_config = SettingsConfigDict(env_prefix="KG_STORE_", frozen=True)

    user: str = Field(default="", description="Name for an endpoint that asks for one (Basic or Digest).")
    password: SecretStr = Field(default=SecretStr(""), description="Password that goes with the name.")
    token: SecretStr = Field(default=SecretStr(""), description="Bearer token, instead of name and password.")
    timeout: float = Field(default=30.0, gt=0, description="Seconds in which an endpoint must answer.")
    tries: int = Field(
        default=3,
        ge=1,
        description="How often a read is sent while the endpoint cannot be reached or is busy.",
    )
