"""It asks which parcels it was given, carries each along its road, and tells what happened, in its own words.

What it says waits in its own outbox until the platform has answered for it: a batch is sent again after twice
as long each time. Its faults are in what it sends and in when; it is never told what the platform made of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Self

from demostracion.mensajeria.fallas import Falla

Json = dict[str, Any]
RECORRIDO: tuple[tuple[str, float, Json], ...] = (
    ("recogido", 0.0, {}),
    ("despachado", 3.0, {}),
    ("arribo", 20.0, {}),
    ("con_mensajero", 24.0, {}),
    ("no_entregado", 27.0, {"por": "nadie_en_casa"}),
    ("con_mensajero", 48.0, {}),
    ("espera_retiro", 52.0, {}),
)
"""Its words, and how many hours after it took the parcel. It has no code to say «entregado» with."""
LOTE = 50
PRIMERA_ESPERA, ESPERA_MAXIMA = timedelta(minutes=1), timedelta(hours=1)
TARDANZA = timedelta(hours=30)
ADELANTO_MS = 2 * 3_600_000


@dataclass(frozen=True, slots=True)
class Respuesta:
    """The status (0: none came) and the body."""

    estado: int
    cuerpo: Any = None


Enviar = Callable[[str, str, bytes | None, Mapping[str, str]], Respuesta]
"""Method, path, body and headers; what came back."""


@dataclass(slots=True)
class Mensajeria:
    """Its whole state is what it keeps in its file; `falla` is how it misbehaves until told otherwise."""

    operador_id: str
    tomados: dict[str, str] = field(default_factory=dict)
    dichos: list[str] = field(default_factory=list)
    salida: list[Json] = field(default_factory=list)
    no_antes_de: str = ""
    intentos: int = 0
    falla: Falla | None = None

    @classmethod
    def leer(cls, archivo: Path, operador_id: str) -> Self:
        if not archivo.exists():
            return cls(operador_id)
        guardado = json.loads(archivo.read_text("utf-8"))
        return cls(**guardado | {"falla": Falla(guardado["falla"]) if guardado["falla"] else None})

    def guardar(self, archivo: Path) -> None:
        archivo.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")

    def vuelta(self, enviar: Enviar, token: str, ahora: datetime) -> int:
        """Learn of new parcels, move them, tell what is due. Returns how many messages were answered for."""
        self._enterarse(enviar, token, ahora)
        self._mover(ahora)
        return self._contar(enviar, token, ahora)

    # --- What it knows -----------------------------------------------------------------------------------

    def _enterarse(self, enviar: Enviar, token: str, ahora: datetime) -> None:
        cursor: str | None = ""
        while cursor is not None:
            ruta = "/api/v1/envios?limite=100" + (f"&cursor={cursor}" if cursor else "")
            respuesta = enviar("GET", ruta, None, {"Authorization": f"Bearer {token}"})
            if respuesta.estado != 200:
                return
            for envio in respuesta.cuerpo["datos"]:
                if envio["operador_unidad_id"] == self.operador_id and envio["estado"] == "anunciado":
                    self.tomados.setdefault(envio["numero"], ahora.isoformat())
            cursor = respuesta.cuerpo["siguiente"]

    def _mover(self, ahora: datetime) -> None:
        """What happened to each parcel by now, once. Its clock counts milliseconds since 1970."""
        for numero, desde in self.tomados.items():
            for n, (tipo, horas, mas) in enumerate(RECORRIDO):
                cuando, suyo = datetime.fromisoformat(desde) + timedelta(hours=horas), f"{numero}/{n}"
                if cuando > ahora or suyo in self.dichos:
                    continue
                self.dichos.append(suyo)
                ms = int(cuando.timestamp() * 1000)
                mensaje = {"id": suyo, "paquete": numero, "tipo": tipo, "cuando_ms": ms, "ciudad": "SCZ"}
                self._poner(mensaje | mas, ahora)

    def _poner(self, mensaje: Json, ahora: datetime) -> None:
        """Into the outbox, with what goes wrong in what it says."""
        desde = ahora + TARDANZA if self.falla is Falla.TARDE else ahora
        for dicho in self._con_falla(mensaje):
            self.salida.append({"desde": desde.isoformat(), "mensaje": dicho})

    def _con_falla(self, mensaje: Json) -> list[Json]:
        match self.falla:
            case Falla.DOBLE:
                return [mensaje, dict(mensaje)]
            case Falla.CODIGO_RARO:
                return [mensaje, mensaje | {"id": mensaje["id"] + "r", "tipo": "en_dron_propio"}]
            case Falla.NUMERO_AJENO:
                return [mensaje, mensaje | {"id": mensaje["id"] + "a", "paquete": "RR473124829BO"}]
            case Falla.RELOJ_ADELANTADO:
                return [mensaje | {"cuando_ms": mensaje["cuando_ms"] + ADELANTO_MS}]
            case Falla.SIN_LEER:
                return [mensaje, {"id": mensaje["id"] + "s", "tipo": mensaje["tipo"]}]
            case Falla.ID_REPETIDO:
                return [mensaje, mensaje | {"tipo": "detenido"}]
        return [mensaje]

    # --- What it tells -----------------------------------------------------------------------------------

    def _contar(self, enviar: Enviar, token: str, ahora: datetime) -> int:
        if self.falla is Falla.CAIDA or (self.no_antes_de and ahora.isoformat() < self.no_antes_de):
            return 0
        contados = 0
        while lote := [s for s in self.salida if s["desde"] <= ahora.isoformat()][:LOTE]:
            if self.falla is Falla.DESORDEN:
                Random(len(lote)).shuffle(lote)  # noqa: S311 (a story, not a secret)
            if self.falla is Falla.MEDIO_LOTE:
                lote = lote[: max(len(lote) // 2, 1)]
            if not self._mandar(enviar, token, lote):
                self.intentos += 1
                espera = min(PRIMERA_ESPERA * 2 ** min(self.intentos - 1, 10), ESPERA_MAXIMA)
                self.no_antes_de = (ahora + espera).isoformat()
                return contados
            self.intentos, self.no_antes_de = 0, ""
            self.salida = [s for s in self.salida if s not in lote]
            contados += len(lote)
            if self.falla is Falla.MEDIO_LOTE:
                return contados  # the rest, some other turn
        return contados

    def _mandar(self, enviar: Enviar, token: str, lote: list[Json]) -> bool:
        """Whether the platform answered for the batch."""
        cuerpo = json.dumps({"mensajes": [s["mensaje"] for s in lote]}, ensure_ascii=False).encode()
        if self.falla is Falla.CORTADO:
            cuerpo = cuerpo[: len(cuerpo) // 2]
        if self.falla is Falla.FIRMA_MALA:
            token = token[::-1]
        cabeceras = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        respuesta = enviar(
            "POST", f"/api/v1/operadores-postales/{self.operador_id}/mensajes", cuerpo, cabeceras
        )
        return respuesta.estado == 200 and self.falla is not Falla.SIN_RESPUESTA
