"""Drives an item through a story: for demonstration data, integrators and tests. Only in demonstration mode.

It writes as an operator does, through the same use cases; only the recipient's code is not asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Habilitacion, exigir_habilitacion, unidad_por_id
from envios.eventos import (
    Correccion,
    EventoNuevo,
    Fuente,
    MotivoCorreccion,
    corregir_autorizado,
    eventos_de,
    exigir_registrado,
    registrar_autorizado,
)
from envios.items import bloquear_envio, remitente_de
from envios.items.modelos import Envio
from envios.simulador.historias import HISTORIAS, Historia, Manera, Paso
from nucleo.actor import Actor, Autorizacion
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _


def duracion_h(historia: str, hasta: str) -> float:
    """Hours from the first event of a story to the one with code `hasta` (or the last, with "fin")."""
    return HISTORIAS[historia].hasta(hasta)[-1].horas


def avanzar_demo(
    sesion: Session,
    envio_id: UUID,
    hasta: str = "EMG",
    *,
    historia: str = "entrega",
    inicio: datetime | None = None,
    otro_operador_id: UUID | None = None,
) -> Envio:
    """Drive a shipment through `historia` up to the first event with code `hasta` (or the end, with "fin").

    `inicio` is the instant of the first event; without it the story ended an hour ago. One that would end in
    the future is told faster. Calling again goes on where it stopped. `otro_operador_id` is who takes it over
    in a story of two operators. Raises `Prohibido` out of demonstration mode, `DatosInvalidos`.
    """
    if not ajustes().es_demostracion:
        raise Prohibido(_("El simulador solo existe en la demostración."))
    cuento = HISTORIAS[historia]
    pasos = cuento.hasta(hasta)
    envio = bloquear_envio(sesion, envio_id)
    _exigir_otro(sesion, envio, cuento, otro_operador_id)
    narracion = _preparar(sesion, envio, pasos, inicio, otro_operador_id)
    for operador_id, nuevos in narracion.remesas(cuento.manera):
        for resultado in registrar_autorizado(
            sesion, _como(operador_id), operador_id, nuevos, Fuente.SIMULADOR, verificar_codigo=False
        ):
            exigir_registrado(resultado)
    if cuento.corrige and hasta == "fin":
        ultimo = pasos[-1]
        operador_id = narracion.quien(ultimo)
        nueva = Correccion(MotivoCorreccion.OTRO_ENVIO, evento_cliente_id=_clave(envio_id, ultimo))
        corregir_autorizado(sesion, _como(operador_id), operador_id, nueva, Fuente.SIMULADOR)
    return envio


def _como(operador_id: UUID) -> Autorizacion:
    return Autorizacion(actor=Actor.sistema("simulador de envíos"), unidad_id=operador_id)


def _exigir_otro(sesion: Session, envio: Envio, cuento: Historia, otro_id: UUID | None) -> None:
    if cuento.pide_otro != (otro_id is not None) or otro_id == envio.operador_unidad_id:
        detalle = _("Diga qué otro operador recibe el envío, solo en una historia de traspaso.")
        raise DatosInvalidos(detalle, campos={"otro_operador_id": detalle})
    if otro_id is not None:
        exigir_habilitacion(sesion, otro_id, Habilitacion.OPERADOR_POSTAL)


@dataclass(frozen=True, slots=True)
class _Narracion:
    """The events that are still to be told, each with who tells it, in order."""

    envio: Envio
    otro_id: UUID | None
    por_contar: Sequence[tuple[UUID, EventoNuevo]]

    def quien(self, paso: Paso) -> UUID:
        return _quien(self.envio, paso, self.otro_id)

    def remesas(self, manera: Manera) -> list[tuple[UUID, list[EventoNuevo]]]:
        """What is sent, upload by upload."""
        if manera is Manera.AL_REVES:
            return [(quien, [nuevo]) for quien, nuevo in reversed(self.por_contar)]
        juntos = [
            (quien, [nuevo for _q, nuevo in suyos])
            for quien, suyos in groupby(self.por_contar, key=lambda par: par[0])
        ]
        if manera is Manera.EN_DIFERIDO:
            return [(quien, nuevos[::-1]) for quien, nuevos in juntos] * 2
        return juntos


def _preparar(
    sesion: Session, envio: Envio, pasos: Sequence[Paso], inicio: datetime | None, otro_id: UUID | None
) -> _Narracion:
    hechos = {e.evento_cliente_id: e.ocurrido_en for e in eventos_de(sesion, envio.id)}
    por_hacer = [p for p in pasos if _clave(envio.id, p) not in hechos]
    desde_h = max((p.horas for p in pasos if _clave(envio.id, p) in hechos), default=0.0)
    duracion = timedelta(hours=pasos[-1].horas - desde_h)
    ahora = ahora_bd(sesion)
    desde = max(hechos.values()) if hechos else inicio or ahora - timedelta(hours=1) - duracion
    ritmo = min(1.0, max(0.0, (ahora - desde) / duracion)) if duracion else 1.0
    if desde < envio.creado_en:  # an item cannot be collected before it was announced
        envio.creado_en = envio.estado_en = desde - timedelta(hours=2)
        sesion.flush()
    origen_ine = _origen(sesion, envio)
    por_contar = []
    for paso in por_hacer:
        momento = desde + timedelta(hours=paso.horas - desde_h) * ritmo
        nuevo = EventoNuevo(
            codigo=paso.codigo,
            envio_id=envio.id,
            ocurrido_en=momento.astimezone(ZONA).replace(microsecond=0),
            evento_cliente_id=_clave(envio.id, paso),
            motivo=paso.motivo,
            accion=paso.accion,
            entregado_a=paso.entregado_a,
            municipio_ine=envio.destino_municipio_ine if paso.en_destino else origen_ine,
            lugar=paso.lugar,
            contraparte_unidad_id=_contraparte(envio, paso, otro_id),
        )
        por_contar.append((_quien(envio, paso, otro_id), nuevo))
    return _Narracion(envio, otro_id, por_contar)


def _quien(envio: Envio, paso: Paso, otro_id: UUID | None) -> UUID:
    return otro_id if paso.de_otro and otro_id else envio.operador_unidad_id


def _contraparte(envio: Envio, paso: Paso, otro_id: UUID | None) -> UUID | None:
    if not paso.con_otro:
        return None
    return envio.operador_unidad_id if paso.de_otro else otro_id


def _origen(sesion: Session, envio: Envio) -> str | None:
    remitente = remitente_de(sesion, envio)
    if remitente.unidad_id is None:
        return envio.destino_municipio_ine
    return unidad_por_id(sesion, remitente.unidad_id).municipio_ine


def _clave(envio_id: UUID, paso: Paso) -> str:
    """Steps that stories share have one id, so that a story may be changed half-way."""
    return f"demo:{envio_id.hex}:{paso.codigo}:{paso.horas:g}"
