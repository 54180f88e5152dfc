"""A small simulator: drives an item through a story, for demonstration data, integrators and tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import unidad_por_id
from envios.eventos import (
    AccionIntento,
    Codigo,
    EventoNuevo,
    Fuente,
    Motivo,
    QuienRecibe,
    Resultado,
    registrar_autorizado,
)
from envios.eventos.modelos import EventoEnvio
from envios.items import bloquear_envio, remitente_de
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.configuracion import ajustes
from nucleo.errores import Prohibido
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Paso:
    """A step of a story: hours after the first one, and where it happens."""

    horas: float
    codigo: Codigo
    lugar: str
    en_destino: bool = True
    motivo: Motivo | None = None
    accion: AccionIntento | None = None
    entregado_a: QuienRecibe | None = None


_VIAJE = (
    Paso(0, Codigo.EMA, "Oficina de admisión", en_destino=False),
    Paso(4, Codigo.EMB, "Centro de salida", en_destino=False),
    Paso(9, Codigo.EMC, "Centro de salida", en_destino=False),
    Paso(26, Codigo.EMD, "Centro de llegada"),
    Paso(31, Codigo.EMG, "Oficina de entrega"),
)
_REPARTO = Paso(44, Codigo.EDG, "Oficina de entrega")
_ENTREGA = Paso(47.5, Codigo.EMI, "En el domicilio")
_AUSENTE = Paso(
    46,
    Codigo.EMH,
    "En el domicilio",
    motivo=Motivo.DESTINATARIO_AUSENTE,
    accion=AccionIntento.NUEVO_INTENTO,
)
_RECHAZO = Paso(
    70, Codigo.EMH, "En el domicilio", motivo=Motivo.DESTINATARIO_RECHAZO, accion=AccionIntento.DEVOLVER
)

HISTORIAS: Mapping[str, Sequence[Paso]] = {
    "entrega": (*_VIAJE, _REPARTO, _ENTREGA),
    "intento_fallido": (*_VIAJE, _REPARTO, _AUSENTE),
    "segundo_intento": (
        *_VIAJE,
        _REPARTO,
        _AUSENTE,
        Paso(68, Codigo.EDG, "Oficina de entrega"),
        Paso(71, Codigo.EMI, "En el domicilio"),
    ),
    "agencia": (*_VIAJE, Paso(34, Codigo.EDH, "Oficina de entrega")),
    "retenido": (*_VIAJE, Paso(33, Codigo.EDF, "Oficina de entrega", motivo=Motivo.FUERZA_MAYOR)),
    "devolucion": (
        *_VIAJE,
        _REPARTO,
        _AUSENTE,
        Paso(68, Codigo.EDG, "Oficina de entrega"),
        _RECHAZO,
        Paso(80, Codigo.EMC, "Centro de llegada"),
        Paso(120, Codigo.EMI, "Oficina de admisión", en_destino=False, entregado_a=QuienRecibe.REMITENTE),
    ),
}


def duracion_h(historia: str, hasta: str) -> float:
    """Hours from the first event of a story to the one with code `hasta` (or the last, with "fin")."""
    return _hasta(HISTORIAS[historia], hasta)[-1].horas


def avanzar_demo(
    sesion: Session,
    envio_id: UUID,
    hasta: str = "EMG",
    *,
    historia: str = "entrega",
    inicio: datetime | None = None,
) -> Envio:
    """Drive a shipment through `historia` up to the first event with code `hasta` (or the end, with "fin").

    `inicio` is the instant of the first event; without it the story ended an hour ago. One that would end in
    the future is told faster. Calling again goes on where it stopped. Only in demonstration mode.
    """
    if not ajustes().es_demostracion:
        raise Prohibido(_("El simulador solo existe en la demostración."))
    pasos = _hasta(HISTORIAS[historia], hasta)
    envio = bloquear_envio(sesion, envio_id)
    hechos = {
        e.evento_cliente_id: e.ocurrido_en
        for e in sesion.exec(select(EventoEnvio).where(col(EventoEnvio.envio_id) == envio_id))
    }
    por_hacer = [p for p in pasos if _clave(envio_id, p) not in hechos]
    desde_h = max((p.horas for p in pasos if _clave(envio_id, p) in hechos), default=0.0)
    duracion = timedelta(hours=pasos[-1].horas - desde_h)
    ahora = ahora_bd(sesion)
    desde = max(hechos.values()) if hechos else inicio or ahora - timedelta(hours=1) - duracion
    ritmo = min(1.0, max(0.0, (ahora - desde) / duracion)) if duracion else 1.0
    if desde < envio.creado_en:  # an item cannot be collected before it was announced
        envio.creado_en = envio.estado_en = desde - timedelta(hours=2)
        sesion.flush()
    remitente = remitente_de(sesion, envio)
    origen_ine: str | None = envio.destino_municipio_ine
    if remitente.unidad_id is not None:
        origen_ine = unidad_por_id(sesion, remitente.unidad_id).municipio_ine
    nuevos = [
        EventoNuevo(
            codigo=paso.codigo,
            envio_id=envio_id,
            ocurrido_en=(desde + timedelta(hours=paso.horas - desde_h) * ritmo)
            .astimezone(ZONA)
            .replace(microsecond=0),
            evento_cliente_id=_clave(envio_id, paso),
            motivo=paso.motivo,
            accion=paso.accion,
            entregado_a=paso.entregado_a,
            municipio_ine=envio.destino_municipio_ine if paso.en_destino else origen_ine,
            lugar=paso.lugar,
        )
        for paso in por_hacer
    ]
    autorizacion = Autorizacion(
        actor=Actor.sistema("simulador de envíos"), unidad_id=envio.operador_unidad_id
    )
    for resultado in registrar_autorizado(
        sesion, autorizacion, envio.operador_unidad_id, nuevos, Fuente.SIMULADOR, verificar_codigo=False
    ):
        if resultado.resultado is Resultado.RECHAZADO:
            assert resultado.error is not None
            raise resultado.error
    return envio


def _hasta(pasos: Sequence[Paso], hasta: str) -> Sequence[Paso]:
    if hasta == "fin":
        return pasos
    for i, paso in enumerate(pasos):
        if paso.codigo == hasta:
            return pasos[: i + 1]
    raise ValueError(f"la historia no pasa por {hasta}")


def _clave(envio_id: UUID, paso: Paso) -> str:
    """Steps that stories share have one id, so that a story may be changed half-way."""
    return f"demo:{envio_id.hex}:{paso.codigo}:{paso.horas:g}"
