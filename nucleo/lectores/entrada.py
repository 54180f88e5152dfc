"""What a client sends."""

from pydantic import BaseModel, ConfigDict


class Entrada(BaseModel):
    """The body of a request: a key that it does not know is refused, never left unread."""

    model_config = ConfigDict(extra="forbid")
