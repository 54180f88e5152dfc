"""Whether an item goes the way of what would take it: who reads it is told, and insists when it is meant so.

A road has hubs, so what passes through another department is only said; what leaves the place where it goes,
or a round that would carry what is not for it, has to be insisted on. Where what goes back to its sender must
arrive is not in its data: nothing is said of it.
"""

from datetime import date

from sqlmodel import Session

from envios.despachos.consultas import elecciones_de
from envios.despachos.errores import NoLeToca
from envios.items import EstadoEnvio, lugares_de
from envios.items.modelos import Envio
from envios.operadores import Agencia
from envios.portes import excedente_de_item
from nucleo.dinero import formato_bs
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _


def exigir_franqueado(sesion: Session, envio: Envio) -> None:
    """Nobody has still to answer what it costs above its quote. Raises `NoLeToca`."""
    excedente = excedente_de_item(sesion, envio.id)
    if excedente is not None and excedente.espera:
        raise _no_le_toca(
            _("El envío %(n)s espera en ventanilla: quien paga no respondió por los %(monto)s que faltan.")
            % {"n": envio.numero, "monto": formato_bs(excedente.monto)}
        )


def exigir_camino(sesion: Session, envio: Envio, origen: Agencia, destino: Agencia) -> None:
    """A bag or a manifest does not take it away from where it goes. Raises `NoLeToca`."""
    llego = envio.destino_municipio_ine == origen.municipio_ine != destino.municipio_ine
    if llego and envio.estado is not EstadoEnvio.EN_DEVOLUCION:
        raise _no_le_toca(
            _("El envío %(n)s va a %(lugar)s y ya está ahí: %(agencia)s lo aleja.")
            % {"n": envio.numero, "lugar": _destino(sesion, envio), "agencia": destino.nombre}
        )


def de_paso(sesion: Session, envio: Envio, destino: Agencia) -> str:
    """What to say of an item that goes to another department than what takes it; empty of any other."""
    if _departamento(envio.destino_municipio_ine) == _departamento(destino.municipio_ine):
        return ""
    if envio.estado is EstadoEnvio.EN_DEVOLUCION:
        return ""
    return _("Va a %(lugar)s: por %(agencia)s solo pasa. Si no es así, sáquelo.") % {
        "lugar": _destino(sesion, envio),
        "agencia": destino.nombre,
    }


def exigir_reparto(sesion: Session, envio: Envio, agencia: Agencia, dia: date) -> None:
    """A round of that day takes what is for its department, as who receives asked. Raises `NoLeToca`."""
    if _departamento(envio.destino_municipio_ine) != _departamento(agencia.municipio_ine):
        raise _no_le_toca(
            _("El envío %(n)s va a %(lugar)s, lejos de %(agencia)s.")
            % {"n": envio.numero, "lugar": _destino(sesion, envio), "agencia": agencia.nombre}
        )
    eleccion, donde = elecciones_de(sesion, [envio.id]).get(envio.id, (None, ""))
    if eleccion is not None and eleccion.agencia_id is not None:
        raise _no_le_toca(
            _("Quien recibe el envío %(n)s pidió retirarlo en %(agencia)s.")
            % {"n": envio.numero, "agencia": donde}
        )
    if eleccion is not None and eleccion.dia is not None and eleccion.dia > dia:
        raise _no_le_toca(
            _("Quien recibe el envío %(n)s pidió que se lo lleven el %(dia)s.")
            % {"n": envio.numero, "dia": filtro_fecha(eleccion.dia, "EEEE d 'de' MMMM")}
        )


def _no_le_toca(detalle: str) -> NoLeToca:
    return NoLeToca(detalle, campos={"codigo": detalle})


def _departamento(municipio_ine: str) -> str:
    return municipio_ine[:2]


def _destino(sesion: Session, envio: Envio) -> str:
    return lugares_de(sesion, [envio])[envio.destino_municipio_ine]
