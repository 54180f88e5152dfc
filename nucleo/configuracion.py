"""Settings, read once from `QHATU_*` environment variables.

Two modes (diseno.md D14): `demostracion` runs with generated keys and open documentation, `produccion`
refuses to start with anything that only a demonstration may have.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

RAIZ = Path(__file__).resolve().parent.parent
PREFIJO_DEMO = "demo-"


class Ajustes(BaseSettings):
    """Everything an operator may set; each field is the variable `QHATU_<FIELD>`.

    Secrets of the demonstration start with ``demo-`` so that production can refuse them.
    """

    model_config = SettingsConfigDict(env_prefix="QHATU_", extra="ignore", frozen=True)

    modo: Literal["demostracion", "produccion"] = "demostracion"
    datos: Path = RAIZ / "datos"
    puerto: int = Field(8000, ge=1, le=65535)
    url_publica: str = "http://127.0.0.1:8000"
    secreto: SecretStr = SecretStr(PREFIJO_DEMO + "sin-generar")

    constancia_clave: SecretStr = SecretStr(PREFIJO_DEMO + "00" * 32)
    """Ed25519 private key that signs the heads of the log: 32 bytes in hexadecimal."""

    base_datos_url: str | None = None
    redis_url: str | None = None
    archivos_url: str | None = None

    oidc_emisor: str = "http://127.0.0.1:8001"
    oidc_cliente_id: str = "qhatu"
    oidc_cliente_secreto: SecretStr = SecretStr(PREFIJO_DEMO + "sin-generar")

    stripe_api_key: SecretStr | None = None
    stripe_webhook_secreto: SecretStr | None = None

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

    @property
    def url_de_archivos(self) -> str:
        return self.archivos_url or (self.datos / "archivos").resolve().as_uri()

    @model_validator(mode="after")
    def _produccion_segura(self) -> Self:
        if self.es_demostracion:
            return self
        faltas = [
            f"QHATU_{nombre.upper()}"
            for nombre in ("secreto", "oidc_cliente_secreto", "constancia_clave")
            if getattr(self, nombre).get_secret_value().startswith(PREFIJO_DEMO)
        ]
        faltas += [f"QHATU_{n.upper()}" for n in ("base_datos_url", "redis_url") if getattr(self, n) is None]
        if not self.es_https:
            faltas.append("QHATU_URL_PUBLICA (https)")
        if not self.oidc_emisor.startswith("https://"):
            faltas.append("QHATU_OIDC_EMISOR (https)")
        if len(self.secreto.get_secret_value()) < 32:
            faltas.append("QHATU_SECRETO (32 caracteres o más)")
        if not re.fullmatch("[0-9a-f]{64}", self.constancia_clave.get_secret_value()):
            faltas.append("QHATU_CONSTANCIA_CLAVE (64 cifras hexadecimales)")
        if faltas:
            raise ValueError("en modo produccion defina " + ", ".join(dict.fromkeys(faltas)))
        return self


@lru_cache
def ajustes() -> Ajustes:
    return Ajustes()
