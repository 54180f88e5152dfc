"""What was chosen, in words for the worker who brings it and for those concerned."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from envios.entrega.consultas import elecciones_vigentes
from envios.entrega.modelos import EleccionDeEntrega
from envios.entrega.tipos import QuienPuede
from envios.operadores import Agencia, agencias_en_lote
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _


def instrucciones_de(sesion: Session, envios: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What the recipients of these items asked for, a sentence each; two queries however many they are."""
    vigentes = elecciones_vigentes(sesion, envios)
    agencias = agencias_en_lote(sesion, {e.agencia_id for e in vigentes.values() if e.agencia_id})
    return {
        envio_id: _en_palabras(eleccion, agencias.get(eleccion.agencia_id) if eleccion.agencia_id else None)
        for envio_id, eleccion in vigentes.items()
    }


def _en_palabras(eleccion: EleccionDeEntrega, agencia: Agencia | None) -> list[str]:
    dice: list[str] = []
    if agencia is not None:
        dice.append(
            _("Lo retira en la agencia %(agencia)s, %(donde)s.")
            % {"agencia": agencia.nombre, "donde": agencia.direccion}
        )
        if not agencia.abierta:
            dice.append(_("Esa agencia está cerrada: avise a quien recibe."))
    if eleccion.dia is not None:
        dice.append(_("Lo recibe el %(dia)s.") % {"dia": filtro_fecha(eleccion.dia, "EEEE d 'de' MMMM")})
    if eleccion.recibe is QuienPuede.AUTORIZADO:
        dice.append(_("Puede recibirlo %(nombre)s, con su propio código.") % {"nombre": eleccion.nombre})
    elif eleccion.recibe is QuienPuede.VECINO:
        dice.append(
            _("Puede recibirlo %(nombre)s, en la casa vecina (%(donde)s), con su propio código.")
            % {"nombre": eleccion.nombre, "donde": eleccion.donde}
        )
    return dice
