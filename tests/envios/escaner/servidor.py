"""A server that answers the telephone as a test wants: page and modules are real, the rest is said."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from envios.escaner.web_telefono import _cascaron, trabajador
from nucleo.plantillas import ESTATICOS, HOJA
from plataforma.portada import trabajador as de_todo

CARLA, LUIS, CORREOS = (f"01900000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
_TIPOS = {
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "webmanifest": "application/json",
}


@dataclass
class Servidor:
    """What it answers, and what it was sent. `cola` judges an upload: (status, body) or None to hang up."""

    url: str = ""
    persona: str | None = CARLA
    rondas: list[dict[str, Any]] = field(default_factory=list)
    hasta_s: float = 3600
    version: str = ""
    cola: Callable[[list[dict[str, Any]]], tuple[int, Any] | None] | None = None
    subidas: list[list[dict[str, Any]]] = field(default_factory=list)
    archivos: dict[str, bytes] = field(default_factory=dict)

    def leidos(self) -> list[str]:
        """The numbers of what was kept, in the order in which they came; what came twice is one, as it is."""
        return list({e["id"]: e["numero"] for lote in self.subidas for e in lote}.values())

    def responder(self, ruta: str, cuerpo: bytes, tipo: str) -> tuple[int, str, Any] | None:
        if ruta == "/escaner":
            return 200, "text/html", _cascaron("").encode()
        if ruta == "/escaner/sw.js":
            codigo = bytes(trabajador(envia=True).body)
            return 200, "text/javascript", codigo + f"\n// {self.version}".encode()
        if ruta.startswith("/estatico/"):
            archivo = ESTATICOS / ruta.removeprefix("/estatico/")
            return 200, _TIPOS.get(archivo.suffix[1:], "image/png"), archivo.read_bytes()
        if ruta == "/hoja.css":
            return 200, "text/css", b"".join((ESTATICOS / parte).read_bytes() for parte in HOJA)
        if ruta == "/sw.js":
            return 200, "text/javascript", bytes(de_todo().body)
        if not ruta.startswith("/escaner/"):
            return 200, "text/html", b""
        if self.persona is None:
            return 401, "application/problem+json", {"codigo": "no_autenticado", "detail": "Ingrese."}
        return self._de_la_persona(ruta, cuerpo, tipo)

    def _de_la_persona(self, ruta: str, cuerpo: bytes, tipo: str) -> tuple[int, str, Any] | None:
        ahora_ms = int(time.time() * 1000)
        quien = {"persona_id": self.persona, "ahora_ms": ahora_ms}
        if ruta == "/escaner/estado":
            operadores = [{"id": CORREOS, "nombre": "Correos", "agencias": []}]
            nombre = "Carla Prueba" if self.persona == CARLA else "Luis Prueba"
            return (
                200,
                "application/json",
                quien
                | {
                    "nombre": nombre,
                    "operadores": operadores,
                    "por_resolver": [],
                },
            )
        if ruta == "/escaner/hoja":
            hasta = ahora_ms + int(self.hasta_s * 1000)
            return 200, "application/json", quien | {"hasta_ms": hasta, "rondas": self.rondas}
        return self._subir(ruta, cuerpo, tipo, ahora_ms)

    def _subir(self, ruta: str, cuerpo: bytes, tipo: str, ahora_ms: int) -> tuple[int, str, Any] | None:
        if ruta.endswith("con-archivos"):
            mensaje = BytesParser().parsebytes(f"Content-Type: {tipo}\r\n\r\n".encode() + cuerpo)
            partes = {
                str(p.get_param("name", header="content-disposition")): p.get_payload(decode=True)
                for p in mensaje.get_payload()  # type: ignore[union-attr]
            }
            datos = json.loads(partes.pop("datos"))  # type: ignore[arg-type]
            self.archivos |= partes  # type: ignore[operator]
            escaneos = [datos["escaneo"] | {"entrega": datos["entrega"], "enviado": datos["enviado"]}]
        else:
            datos = json.loads(cuerpo)
            escaneos = [e | {"enviado": datos["enviado"]} for e in datos["escaneos"]]
        if datos["persona_id"] != self.persona:
            return (
                409,
                "application/problem+json",
                {"codigo": "cola_de_otra_persona", "detail": "Es de otra."},
            )
        dicho = self.cola(escaneos) if self.cola else (200, None)
        if dicho is None:
            return None
        estado, respuesta = dicho
        if estado == 200 and respuesta is None:
            self.subidas.append(escaneos)
            respuesta = self.bien(escaneos, ahora_ms)
        return estado, "application/json" if isinstance(respuesta, dict) else "text/html", respuesta

    @staticmethod
    def bien(escaneos: list[dict[str, Any]], ahora_ms: int = 0) -> dict[str, Any]:
        """All noted."""
        resultados = [
            {
                "id": e["id"],
                "resultado": "registrado",
                "codigo": e["codigo"],
                "numero": e["numero"],
                "estado": "registrado",
                "texto": "Anotado",
                "detalle": "",
                "destino": "La Paz, La Paz",
            }
            for e in escaneos
        ]
        return {"ahora_ms": ahora_ms or int(time.time() * 1000), "resultados": resultados}


@contextmanager
def sirviendo() -> Iterator[Servidor]:
    servidor = Servidor()

    class Pedido(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cuerpo = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            ruta = self.path.partition("?")[0]
            dicho = servidor.responder(ruta, cuerpo, self.headers.get("Content-Type", ""))
            if dicho is None:
                self.close_connection = True
                return
            estado, tipo, respuesta = dicho
            bytes_ = respuesta if isinstance(respuesta, bytes) else json.dumps(respuesta).encode()
            self.send_response(estado)
            self.send_header("Content-Type", tipo)
            self.send_header("Content-Length", str(len(bytes_)))
            self.send_header("Service-Worker-Allowed", "/")
            self.end_headers()
            with suppress(ConnectionError):  # a page that went elsewhere
                self.wfile.write(bytes_)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Pedido)
    servidor.url = f"http://127.0.0.1:{http.server_port}"
    hilo = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
    hilo.start()
    try:
        yield servidor
    finally:
        http.shutdown()
        http.server_close()
        hilo.join()
