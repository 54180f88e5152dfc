"""Settings, read once from `QHATU_*` environment variables.

Two modes (diseno.md D14): `demostracion` runs with generated keys and open documentation, `produccion`
refuses to start with anything that only a demonstration may have.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

RAIZ = Path(__file__).resolve().parent.parent
PREFIJO_DEMO = "demo-"


class Ajustes(BaseSettings):
    """Everything an operator may set; each field is the variable `QHATU_<FIELD>`.

    Secrets of the demonstration start with ``demo-`` so that production can refuse them.
    """

    # An empty variable is a missing one: `QHATU_STRIPE_API_KEY=` in a file must not count as a key.
    model_config = SettingsConfigDict(
        env_prefix="QHATU_", env_ignore_empty=True, extra="ignore", frozen=True, str_strip_whitespace=True
    )

    modo: Literal["demostracion", "produccion"] = "demostracion"
    datos: Path = RAIZ / "datos"
    puerto: int = Field(8000, ge=1, le=65535)
    url_publica: str = "http://127.0.0.1:8000"
    secreto: SecretStr = SecretStr(PREFIJO_DEMO + "sin-generar")

    constancia_clave: SecretStr = SecretStr(PREFIJO_DEMO + "00" * 32)
    """Ed25519 private key that signs the heads of the log: 32 bytes in hexadecimal."""

    base_datos_url: str | None = None
    base_datos_preparadas: bool = True
    redis_url: str | None = None
    archivos_url: str | None = None

    oidc_emisor: str = "http://127.0.0.1:8001"
    oidc_cliente_id: str = "qhatu"
    oidc_cliente_secreto: SecretStr = SecretStr(PREFIJO_DEMO + "sin-generar")

    stripe_api_key: SecretStr | None = None
    stripe_webhook_secreto: SecretStr | None = None

    @field_validator("url_publica")
    @classmethod
    def _sin_barra_final(cls, valor: str) -> str:
        return valor.rstrip("/")

    @field_validator("archivos_url")
    @classmethod
    def _de_un_almacen_que_hay(cls, valor: str | None) -> str | None:
        """At the start, not at the first upload: fsspec brings few kinds of store, others are packages."""
        if valor is not None:
            import fsspec  # noqa: PLC0415 (a fifth of a second, only where files are elsewhere)

            try:
                fsspec.get_filesystem_class(fsspec.utils.get_protocol(valor))
            except (ImportError, ValueError) as error:
                raise ValueError(f"no se puede usar: {error}") from None
        return valor

    @property
    def es_demostracion(self) -> bool:
        return self.modo == "demostracion"

    @property
    def es_https(self) -> bool:
        return self.url_publica.startswith("https://")

    @property
    def emisor_origen(self) -> str:
        """Scheme, host and port of the identity provider, for `form-action` in the CSP."""
        partes = urlsplit(self.oidc_emisor)
        return f"{partes.scheme}://{partes.netloc}"

    @model_validator(mode="after")
    def _produccion_segura(self) -> Self:
        if self.es_demostracion:
            return self
        faltas = [f"QHATU_{nombre.upper()} ({exige})" for nombre, exige in self._faltas()]
        if faltas:
            raise ValueError("en modo produccion defina " + ", ".join(faltas))
        return self

    def _faltas(self) -> Iterator[tuple[str, str]]:
        """Each setting that production cannot accept, and what it must be. Nobody chose a default."""
        for nombre, (exige, sirve) in EXIGENCIAS.items():
            valor = getattr(self, nombre) if nombre in self.model_fields_set else None
            secreto = valor.get_secret_value() if isinstance(valor, SecretStr) else valor
            if not sirve(str(secreto or "").strip()):
                yield nombre, exige


def _es_https(texto: str) -> bool:
    """An origin: nothing after the host, and no name or password in it."""
    partes = urlsplit(texto)
    return partes.scheme == "https" and bool(partes.hostname) and "@" not in partes.netloc


def _es_origen(texto: str) -> bool:
    partes = urlsplit(texto)
    return _es_https(texto) and not (partes.path or partes.query or partes.fragment)


def _es_secreto(texto: str) -> bool:
    return bool(texto) and not texto.startswith(PREFIJO_DEMO)


def _es_clave(texto: str) -> bool:
    return _es_secreto(texto) and len(texto) >= 32 and len(set(texto)) >= 10


def _es_clave_ed25519(texto: str) -> bool:
    return _es_clave(texto) and re.fullmatch("[0-9a-f]{64}", texto) is not None


def _es_postgres(texto: str) -> bool:
    return texto.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def _es_redis_cerrado(texto: str) -> bool:
    """A socket has its file's permissions; a port is open to who reaches it, unless there is a password."""
    partes = urlsplit(texto)
    return partes.scheme == "unix" or (partes.scheme in ("redis", "rediss") and bool(partes.password))


# What production asks of each setting; "" is one that is missing.
EXIGENCIAS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "secreto": ("32 caracteres o más, al azar", _es_clave),
    "constancia_clave": ("64 cifras hexadecimales, al azar", _es_clave_ed25519),
    "url_publica": ("https://servidor, sin ruta", _es_origen),
    "base_datos_url": ("postgresql://…", _es_postgres),
    "redis_url": ("redis://:clave@… o unix://…", _es_redis_cerrado),
    "datos": ("una carpeta, con su ruta completa", lambda t: Path(t).is_absolute()),
    "archivos_url": ("un almacén que dure", lambda t: not t.startswith("memory:")),
    "oidc_emisor": ("https://…", _es_https),
    "oidc_cliente_id": ("el que dio el proveedor", bool),
    "oidc_cliente_secreto": ("el que dio el proveedor", _es_secreto),
    # With a test key anybody tops up a wallet with a card number of the gateway's manual.
    "stripe_api_key": ("sk_live_… o rk_live_…", lambda t: t.startswith(("sk_live_", "rk_live_"))),
    "stripe_webhook_secreto": ("whsec_…", lambda t: t.startswith("whsec_")),
}


@lru_cache
def ajustes() -> Ajustes:
    return Ajustes()
