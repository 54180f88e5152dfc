"""A small HTTP client that lives through a dying server: it says what was answered, or that nothing was."""

import asyncio
import contextlib
import json
from typing import Any

PLAZO_S = 20


class SinRespuesta(Exception):
    """The request may have been done, or not: only sending it again with the same id tells."""


class Conexion:
    """One keep-alive connection to the API, opened again after each accident."""

    def __init__(self, puerto: int) -> None:
        self.puerto = puerto
        self._flujos: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def enviar(self, ruta: str, token: str, cuerpo: Any, clave: str | None = None) -> tuple[int, bytes]:
        """POST a JSON body; status and body of the answer. Raises `SinRespuesta`."""
        datos = json.dumps(cuerpo).encode()
        cabeceras = [f"POST /api/v1{ruta} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {token}"]
        cabeceras += ["Content-Type: application/json", f"Content-Length: {len(datos)}"]
        cabeceras += [f"Idempotency-Key: {clave}"] if clave else []
        try:
            async with asyncio.timeout(PLAZO_S):
                return await self._preguntar("\r\n".join(cabeceras).encode() + b"\r\n\r\n" + datos)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
            self.cerrar()
            raise SinRespuesta from error

    async def _preguntar(self, pedido: bytes) -> tuple[int, bytes]:
        if self._flujos is None:
            self._flujos = await asyncio.open_connection("127.0.0.1", self.puerto)
        lector, escritor = self._flujos
        escritor.write(pedido)
        cabecera = (await lector.readuntil(b"\r\n\r\n")).lower()
        desde = cabecera.index(b"content-length: ") + 16
        cuerpo = await lector.readexactly(int(cabecera[desde : cabecera.index(b"\r", desde)]))
        if b"connection: close" in cabecera:
            self.cerrar()
        return int(cabecera[9:12]), cuerpo

    def cerrar(self) -> None:
        if self._flujos is not None:
            with contextlib.suppress(OSError, RuntimeError):
                self._flujos[1].close()
            self._flujos = None
