"""An item goes into a bag, or loose into a manifest, and out of it: one place at a time."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from envios.despachos.anotar import terminar_cargas
from envios.despachos.bloqueos import bloquear_cargas, bloquear_cargas_en_juego
from envios.despachos.camino import exigir_camino, exigir_franqueado
from envios.despachos.consultas import donde_esta
from envios.despachos.diferencias import encontrar
from envios.despachos.errores import NoEstaDentro, YaEstaDentro
from envios.despachos.estados import EstadoCarga
from envios.despachos.modelos import Carga, Despacho, Saca
from envios.eventos import OtroOperador
from envios.items import EnvioTerminado, envio_por_numero
from envios.items.modelos import Envio
from envios.operadores import EnAgencia, agencia_por_id
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def cargar_envio(
    sesion: Session, donde: EnAgencia, numero: str, en: Saca | Despacho, *, insiste: bool = False
) -> Envio:
    """Put an item in a bag, or loose in a manifest, locked and being filled.

    Raises `NoLeToca` of one that it would take away from where it goes, unless the worker insists.
    """
    autorizacion = donde.autorizacion
    envio = envio_por_numero(sesion, numero, en.operador_unidad_id)
    exigir_en_manos(envio, en.operador_unidad_id)
    for carga in bloquear_cargas_en_juego(sesion, envio.id):
        if carga.estado is EstadoCarga.DENTRO:
            if en.id in (carga.saca_id, carga.despacho_id):
                return envio
            raise _ya_esta(sesion, envio)
        encontrar(sesion, autorizacion, [carga])
    if not insiste:
        exigir_franqueado(sesion, envio)
        exigir_camino(sesion, envio, donde.agencia, agencia_por_id(sesion, en.destino_agencia_id))
    en_saca = isinstance(en, Saca)
    carga = Carga(
        envio_id=envio.id,
        saca_id=en.id if en_saca else None,
        despacho_id=None if en_saca else en.id,
        entro_en=ahora_bd(sesion),
        entro_por=autorizacion.actor.clave,
    )
    try:
        with sesion.begin_nested():
            sesion.add(carga)
    except IntegrityError as error:  # somebody else scanned it into another one at this very moment
        raise _ya_esta(sesion, envio) from error
    auditar(
        sesion, autorizacion, "carga.meter", "envios_envio", envio.id, {"en": en.numero, "insiste": insiste}
    )
    return envio


def exigir_en_manos(envio: Envio, operador_unidad_id: UUID) -> None:
    """The operator holds it, and it has not ended. Raises `OtroOperador`, `EnvioTerminado`."""
    if envio.custodio_unidad_id != operador_unidad_id:
        raise OtroOperador(_("Ese envío lo lleva otro operador: que se lo entregue antes."))
    exigir_en_camino(envio)


def exigir_en_camino(envio: Envio) -> None:
    """Raises `EnvioTerminado`."""
    if envio.estado.es_terminal:
        raise EnvioTerminado(
            _("El envío %(n)s ya terminó: %(estado)s.")
            % {"n": envio.numero, "estado": envio.estado.texto.lower()}
        )


def _ya_esta(sesion: Session, envio: Envio) -> YaEstaDentro:
    donde = donde_esta(sesion, envio.id)
    detalle = _("El envío %(n)s está en %(donde)s: sáquelo de ahí primero.") % {
        "n": envio.numero,
        "donde": donde.numero if donde is not None else _("otra carga"),
    }
    return YaEstaDentro(detalle, campos={"codigo": detalle})


def descargar_envio(sesion: Session, autorizacion: Autorizacion, envio_id: UUID, de: Saca | Despacho) -> None:
    """Take an item out of a bag, or off a manifest, locked and being filled. Raises `NoEstaDentro`."""
    columna = col(Carga.saca_id) if isinstance(de, Saca) else col(Carga.despacho_id)
    filas = bloquear_cargas(
        sesion, columna == de.id, col(Carga.envio_id) == envio_id, col(Carga.estado) == EstadoCarga.DENTRO
    )
    if not filas:
        raise NoEstaDentro(_("Ese envío no está en %(n)s.") % {"n": de.numero})
    terminar_cargas(sesion, autorizacion, filas, EstadoCarga.SACADA)
    auditar(sesion, autorizacion, "carga.sacar", "envios_envio", envio_id, {"de": de.numero})
    sesion.flush()
