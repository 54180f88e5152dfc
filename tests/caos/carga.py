"""People who keep paying while the platform dies under them, and the account they keep of it.

Each operation has an id of its own. After an accident or a «repeat it» the same request is sent again, until
it is acknowledged or its sender loses patience; what was acknowledged must be true for ever.
"""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tests.caos.http import Conexion, SinRespuesta

PASAJEROS = {429, 503}  # and 409 while the same key is in progress
PARTES = 5  # payments of one order
IMPACIENCIA = 0.05  # who gives up after an accident, and never learns what happened


@dataclass(slots=True)
class Operacion:
    """One payment somebody wants made once: what it must look like in the ledger, and what was answered."""

    id: UUID
    debito: int
    credito: int | None
    centavos: int
    referencia: UUID | None = None
    confirmada: bool = False
    envios: int = 0


@dataclass
class Cuaderno:
    """Everything that was asked and answered."""

    operaciones: dict[UUID, Operacion] = field(default_factory=dict)
    ordenes: dict[UUID, int] = field(
        default_factory=dict
    )  # acknowledged orders: centavos acknowledged on each
    estados: Counter[int] = field(default_factory=Counter)
    accidentes: int = 0
    repetidas_iguales: int = 0
    otro_cuerpo_rechazadas: int = 0
    faltas: list[str] = field(default_factory=list)  # answers that no accident excuses


@dataclass(frozen=True, slots=True)
class Persona:
    token: str
    cuenta: int


@dataclass
class Carga:
    """The clients: `pagadoras` send money to each other, and pay orders that `cobradora` issues."""

    puerto: int
    pagadoras: list[Persona]
    cobradora: Persona
    unidad_id: str
    azar: random.Random
    cuaderno: Cuaderno = field(default_factory=Cuaderno)
    terminar: asyncio.Event = field(default_factory=asyncio.Event)
    gracia_s: float = 120

    async def correr(self, clientes: int, basta: Any) -> None:
        """Work until `basta()`; then everybody finishes what is begun."""
        tareas = [asyncio.create_task(self._enviar_dinero(Conexion(self.puerto))) for _ in range(clientes)]
        tareas += [
            asyncio.create_task(self._pagar_ordenes(Conexion(self.puerto))) for _ in range(clientes // 4)
        ]
        while not basta() and not any(t.done() for t in tareas):
            await asyncio.sleep(0.1)
        self.terminar.set()
        async with asyncio.timeout(self.gracia_s):
            await asyncio.gather(*tareas)

    async def _enviar_dinero(self, conexion: Conexion) -> None:
        while not self.terminar.is_set():
            paga = self.azar.choice(self.pagadoras)
            recibe = self.azar.choice([p for p in (*self.pagadoras, self.cobradora) if p is not paga])
            operacion = self._anotar(paga, recibe.cuenta)
            cuerpo = {
                "id": str(operacion.id),
                "debito": paga.cuenta,
                "credito": recibe.cuenta,
                "monto": _bolivianos(operacion.centavos),
            }
            primera = await self._hasta_saber(conexion, "/transferencias", paga.token, cuerpo, operacion)
            if primera is not None and self.azar.random() < 0.02:
                await self._repetir(conexion, paga.token, cuerpo, primera)
        conexion.cerrar()

    async def _pagar_ordenes(self, conexion: Conexion) -> None:
        """Issue an order, pay it in parts: events, an idempotency key and the ledger in one transaction."""
        while not self.terminar.is_set():
            pedido = {
                "unidad_id": self.unidad_id,
                "detalle": "Caos",
                "parcial": True,
                "referencia": uuid4().hex,
                "lineas": [{"descripcion": "Caos", "precio": _bolivianos(PARTES)}],
            }
            emitida = await self._hasta_saber(
                conexion, "/ordenes-de-cobro", self.cobradora.token, pedido, clave=uuid4().hex
            )
            if emitida is None:
                continue
            orden = UUID(json.loads(emitida)["id"])
            self.cuaderno.ordenes[orden] = 0
            for _ in range(PARTES):
                paga = self.azar.choice(self.pagadoras)
                operacion = self._anotar(paga, None, 1, orden)
                cuerpo = {"id": str(operacion.id), "cuenta": paga.cuenta, "monto": _bolivianos(1)}
                ruta = f"/ordenes-de-cobro/{orden}/pagos"
                hecha = await self._hasta_saber(
                    conexion, ruta, paga.token, cuerpo, operacion, clave=operacion.id.hex
                )
                self.cuaderno.ordenes[orden] += hecha is not None
        conexion.cerrar()

    def _anotar(
        self, paga: Persona, credito: int | None, centavos: int = 0, referencia: UUID | None = None
    ) -> Operacion:
        nueva = Operacion(uuid4(), paga.cuenta, credito, centavos or self.azar.randint(1, 3), referencia)
        self.cuaderno.operaciones[nueva.id] = nueva
        return nueva

    async def _hasta_saber(
        self,
        conexion: Conexion,
        ruta: str,
        token: str,
        cuerpo: dict[str, Any],
        operacion: Operacion | None = None,
        clave: str | None = None,
    ) -> bytes | None:
        """The acknowledgement, or None when the sender lost patience or was refused."""
        while True:
            if operacion is not None:
                operacion.envios += 1
            try:
                estado, respuesta = await conexion.enviar(ruta, token, cuerpo, clave)
            except SinRespuesta:
                self.cuaderno.accidentes += 1
            else:
                self.cuaderno.estados[estado] += 1
                if estado in (200, 201):
                    if operacion is not None:
                        operacion.confirmada = True
                    return respuesta
                if estado not in PASAJEROS and not (estado == 409 and b"_en_curso" in respuesta):
                    self.cuaderno.faltas.append(f"{ruta}: {estado} {respuesta.decode()[:300]}")
                    return None
            if operacion is not None and self.azar.random() < IMPACIENCIA:
                return None
            await asyncio.sleep(self.azar.uniform(0.02, 0.3))

    async def _repetir(self, conexion: Conexion, token: str, cuerpo: dict[str, Any], primera: bytes) -> None:
        """Once more the same, and once with another amount: the same bytes, and a refusal."""
        try:
            estado, respuesta = await conexion.enviar("/transferencias", token, cuerpo)
            if estado == 200 and respuesta == primera:
                self.cuaderno.repetidas_iguales += 1
            elif estado not in PASAJEROS:
                self.cuaderno.faltas.append(f"repetida: {estado} {respuesta.decode()[:300]}")
            otro = cuerpo | {"monto": _bolivianos(99)}
            estado, respuesta = await conexion.enviar("/transferencias", token, otro)
            if estado == 422 and b"existe_con_otro_monto" in respuesta:
                self.cuaderno.otro_cuerpo_rechazadas += 1
            elif estado not in PASAJEROS:
                self.cuaderno.faltas.append(f"con otro monto: {estado} {respuesta.decode()[:300]}")
        except SinRespuesta:
            self.cuaderno.accidentes += 1


def _bolivianos(centavos: int) -> dict[str, str]:
    return {"monto": f"{centavos // 100}.{centavos % 100:02d}", "moneda": "BOB"}
