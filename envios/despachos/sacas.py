"""Fill a bag at an agency: open it, scan items in, take one out, seal it; undo it, or time does."""

import re
from uuid import UUID

from sqlmodel import Session, col

from envios.despachos.anotar import terminar_cargas
from envios.despachos.bloqueos import bloquear_cargas, bloquear_saca
from envios.despachos.cargas import cargar_envio, descargar_envio
from envios.despachos.errores import NoSePuedeCargar, OtroCamino, PasoDeSaca, SinCarga
from envios.despachos.estados import PREPARACION, VIDA_SACA, EstadoCarga, EstadoSaca
from envios.despachos.modelos import PESO_MAXIMO_G, Carga, Saca
from envios.items.modelos import Envio
from envios.operadores import Agencia, agencia_por_id, exigir_en_agencia
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

ENVIOS_POR_SACA = 500
_PRECINTO = re.compile(r"[A-Z0-9][A-Z0-9-]{2,19}", re.ASCII)


def peso_imposible(peso_g: int) -> str:
    """Why no bag weighs that; empty when one may."""
    if 1 <= peso_g <= PESO_MAXIMO_G:
        return ""
    return _("El peso de la saca debe estar entre 1 g y 1.000 kg.")


def destino_desde(sesion: Session, origen: Agencia, destino_id: UUID) -> Agencia:
    """Where a bag or a manifest goes: another open agency, of whatever operator. Raises `DatosInvalidos`."""
    destino = agencia_por_id(sesion, destino_id)
    falta = ""
    if destino.id == origen.id:
        falta = _("Elija una agencia distinta de aquella de la que sale.")
    elif not destino.abierta:
        falta = _("%(nombre)s está cerrada: elija otra agencia.") % {"nombre": destino.nombre}
    if falta:
        raise DatosInvalidos(falta, campos={"destino_agencia_id": falta})
    return destino


def abrir_saca(
    sesion: Session, actor: Actor, origen_id: UUID, destino_id: UUID, *, id: UUID | None = None
) -> Saca:
    """A new bag, open: filled at `origen`, opened at `destino`. Raises `NoTrabajaAqui`, `DatosInvalidos`."""
    donde = exigir_en_agencia(sesion, actor, origen_id)
    hecha = sesion.get(Saca, id) if id is not None else None
    if hecha is not None and hecha.origen_agencia_id == origen_id:
        return hecha  # the same press, again
    destino = destino_desde(sesion, donde.agencia, destino_id)
    instante = ahora_bd(sesion)
    saca = Saca(
        id=id or nuevo_id(),
        operador_unidad_id=donde.agencia.operador_unidad_id,
        origen_agencia_id=origen_id,
        destino_agencia_id=destino.id,
        destino_unidad_id=destino.operador_unidad_id,
        creada_en=instante,
        creada_por=donde.autorizacion.actor.clave,
        revisar_en=vence(sesion, PREPARACION, instante),
    )
    sesion.add(saca)
    sesion.flush()
    sesion.refresh(saca)
    auditar(sesion, donde.autorizacion, "saca.abrir", "envios_saca", saca.id, {"numero": saca.numero})
    return saca


def meter(sesion: Session, actor: Actor, saca_id: UUID, numero: str, *, insiste: bool = False) -> Envio:
    """Scan an item into an open bag; scanned twice is once.

    Raises `NoLeToca` (unless they insist), `YaEstaDentro` (of another one), `OtroOperador`,
    `EnvioTerminado`, `PasoDeSaca`, `NoTrabajaAqui`.
    """
    saca = bloquear_saca(sesion, saca_id)
    donde = exigir_en_agencia(sesion, actor, saca.origen_agencia_id)
    if saca.estado is not EstadoSaca.ABIERTA:
        raise PasoDeSaca(_("La saca %(n)s ya no está abierta: ábrala o use otra.") % {"n": saca.numero})
    dentro = bloquear_cargas(sesion, col(Carga.saca_id) == saca.id, col(Carga.estado) == EstadoCarga.DENTRO)
    if len(dentro) >= ENVIOS_POR_SACA:
        raise NoSePuedeCargar(_("En una saca caben %(n)d envíos: ciérrela.") % {"n": ENVIOS_POR_SACA})
    return cargar_envio(sesion, donde, numero, saca, insiste=insiste)


def sacar(sesion: Session, actor: Actor, saca_id: UUID, envio_id: UUID) -> None:
    """Take an item out of an open bag. Raises `NoEstaDentro`, `PasoDeSaca`."""
    saca = bloquear_saca(sesion, saca_id)
    donde = exigir_en_agencia(sesion, actor, saca.origen_agencia_id)
    if saca.estado is not EstadoSaca.ABIERTA:
        raise PasoDeSaca(_("La saca está cerrada con precinto: ábrala para sacar un envío."))
    descargar_envio(sesion, donde.autorizacion, envio_id, saca)


def cerrar_saca(sesion: Session, actor: Actor, saca_id: UUID, precinto: str, peso_g: int) -> Saca:
    """Seal it: nothing enters nor leaves it any more. Raises `SinCarga`, `DatosInvalidos`, `PasoDeSaca`."""
    saca = bloquear_saca(sesion, saca_id)
    donde = exigir_en_agencia(sesion, actor, saca.origen_agencia_id)
    VIDA_SACA.exigir_paso(saca, EstadoSaca.CERRADA)
    sello = precinto.strip().upper()
    errores = {}
    if not _PRECINTO.fullmatch(sello):
        errores["precinto"] = _("Escriba el número del precinto: de 3 a 20 letras, números o guiones.")
    if mal := peso_imposible(peso_g):
        errores["peso_g"] = mal
    if errores:
        raise DatosInvalidos(campos=errores)
    if not bloquear_cargas(sesion, col(Carga.saca_id) == saca.id, col(Carga.estado) == EstadoCarga.DENTRO):
        raise SinCarga(_("La saca está vacía: lea algún envío antes de cerrarla."))
    VIDA_SACA.pasar(saca, EstadoSaca.CERRADA)
    saca.precinto, saca.peso_g = sello, peso_g
    saca.cerrada_en, saca.cerrada_por = ahora_bd(sesion), donde.autorizacion.actor.clave
    saca.revisar_en = vence(sesion, PREPARACION, saca.cerrada_en)
    sesion.flush()
    datos = {"precinto": sello, "peso_g": peso_g}
    auditar(sesion, donde.autorizacion, "saca.cerrar", "envios_saca", saca.id, datos)
    return saca


def reabrir_saca(sesion: Session, actor: Actor, saca_id: UUID) -> Saca:
    """Break its seal before it leaves; it gets another. Raises `PasoDeSaca`, `OtroCamino` (in a manifest)."""
    saca = bloquear_saca(sesion, saca_id)
    donde = exigir_en_agencia(sesion, actor, saca.origen_agencia_id)
    VIDA_SACA.exigir_paso(saca, EstadoSaca.ABIERTA)
    _exigir_fuera(saca)
    VIDA_SACA.pasar(saca, EstadoSaca.ABIERTA)
    precinto = saca.precinto
    saca.precinto = saca.peso_g = saca.cerrada_en = saca.cerrada_por = None
    saca.revisar_en = vence(sesion, PREPARACION, ahora_bd(sesion))
    sesion.flush()
    auditar(sesion, donde.autorizacion, "saca.reabrir", "envios_saca", saca.id, {"precinto": precinto})
    return saca


def deshacer_saca(sesion: Session, actor: Actor, saca_id: UUID) -> Saca:
    """It does not travel: what was in it is free. Raises `PasoDeSaca`, `OtroCamino` (in a manifest)."""
    saca = bloquear_saca(sesion, saca_id)
    donde = exigir_en_agencia(sesion, actor, saca.origen_agencia_id)
    VIDA_SACA.exigir_paso(saca, EstadoSaca.DESHECHA)
    _exigir_fuera(saca)
    _deshacer(sesion, donde.autorizacion, saca)
    return saca


def vencer_saca(sesion: Session, saca_id: UUID) -> None:
    """Time undoes a bag that did not leave."""
    saca = bloquear_saca(sesion, saca_id)
    if saca.revisar_en is None or saca.revisar_en > ahora_bd(sesion):
        return
    if VIDA_SACA.puede_pasar(saca.estado, EstadoSaca.DESHECHA) and saca.despacho_id is None:
        _deshacer(sesion, Autorizacion.propia(Actor.sistema("plazo de la saca")), saca)


def _exigir_fuera(saca: Saca) -> None:
    if saca.despacho_id is not None:
        raise OtroCamino(_("La saca está en un despacho: bájela de él primero."))


def _deshacer(sesion: Session, autorizacion: Autorizacion, saca: Saca) -> None:
    filas = bloquear_cargas(sesion, col(Carga.saca_id) == saca.id, col(Carga.estado) == EstadoCarga.DENTRO)
    VIDA_SACA.pasar(saca, EstadoSaca.DESHECHA)
    saca.revisar_en = None
    sesion.flush()
    terminar_cargas(sesion, autorizacion, filas, EstadoCarga.SACADA)
    auditar(sesion, autorizacion, "saca.deshacer", "envios_saca", saca.id, {"envios": len(filas)})
    sesion.flush()
