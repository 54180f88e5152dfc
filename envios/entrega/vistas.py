"""What the pages of an item say of its delivery, to those concerned."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from envios.entrega.consultas import eleccion_vigente, pruebas_de
from envios.entrega.devolver import devolucion_de, se_devuelve
from envios.entrega.elegir import SE_ELIGE
from envios.entrega.palabras import instrucciones_de
from envios.entrega.presentar import codigo_de_tercero
from envios.items import Vista, envio_por_id, plus_de, recibe
from envios.items.modelos import Envio
from nucleo.actor import Actor


@dataclass(frozen=True, slots=True)
class PanelDeEntrega:
    """`codigo` is that of whom the recipient named (`tercero`), for the recipient alone; `va` and `viene` are
    the numbers of the item that takes this one back, and of the one that this one takes back."""

    instrucciones: list[str]
    tercero: str
    codigo: str | None
    plus: str | None
    puede_elegir: bool
    espera_hasta: datetime | None
    puede_prorrogar: bool
    tiene_prueba: bool
    puede_devolver: bool
    va: str
    viene: str


def panel_de(sesion: Session, actor: Actor | None, envio: Envio, vista: Vista) -> PanelDeEntrega | None:
    """None for the public, who sees nothing of it."""
    if actor is None or vista is Vista.PUBLICO:
        return None
    lo_recibe = recibe(sesion, actor, envio)
    eleccion = eleccion_vigente(sesion, envio.id)
    vuelta = devolucion_de(sesion, envio.id)
    espera = envio.espera_hasta is not None and envio.espera_desde != envio.espera_hasta
    return PanelDeEntrega(
        instrucciones=instrucciones_de(sesion, [envio.id]).get(envio.id, []),
        tercero=eleccion.nombre if eleccion else "",
        codigo=codigo_de_tercero(sesion, actor, envio),
        plus=plus_de(envio),
        puede_elegir=lo_recibe and envio.estado in SE_ELIGE,
        espera_hasta=envio.espera_hasta if espera else None,
        puede_prorrogar=lo_recibe and espera and envio.prorrogado_en is None,
        tiene_prueba=envio.estado.es_terminal and bool(pruebas_de(sesion, envio.id)),
        puede_devolver=lo_recibe and vuelta is None and se_devuelve(sesion, envio),
        va=vuelta.numero if vuelta else "",
        viene=envio_por_id(sesion, envio.devolucion_de_id).numero if envio.devolucion_de_id else "",
    )
