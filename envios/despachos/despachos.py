"""A manifest: what goes from one agency to another in one vehicle; when it leaves, its items say so."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from envios.despachos.anotar import anotar, evento_en, terminar_cargas
from envios.despachos.bloqueos import (
    bloquear_cargas,
    bloquear_despacho,
    bloquear_saca,
    bloquear_sacas_de,
)
from envios.despachos.cargas import cargar_envio, descargar_envio
from envios.despachos.consultas import saca_por_serie
from envios.despachos.errores import OtroCamino, PasoDeDespacho, PasoDeSaca, SinCarga
from envios.despachos.estados import (
    LLEGADA,
    PREPARACION,
    VIDA_DESPACHO,
    VIDA_SACA,
    EstadoCarga,
    EstadoDespacho,
    EstadoSaca,
)
from envios.despachos.modelos import Carga, Despacho, Saca
from envios.despachos.numeros import leer_numero
from envios.despachos.sacas import destino_desde
from envios.eventos import Codigo, CodigoPropio, EventoNuevo
from envios.items.modelos import Envio
from envios.operadores import EnAgencia, exigir_en_agencia
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.lectores import texto_obligatorio
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def preparar_despacho(
    sesion: Session,
    actor: Actor,
    origen_id: UUID,
    destino_id: UUID,
    *,
    vehiculo: str,
    conductor: str,
    id: UUID | None = None,
) -> Despacho:
    """A new manifest, to be loaded. To an agency of another operator, it hands its items over.

    Raises `NoTrabajaAqui`, `AgenciaNoEncontrada`, `DatosInvalidos`.
    """
    donde = exigir_en_agencia(sesion, actor, origen_id)
    hecho = sesion.get(Despacho, id) if id is not None else None
    if hecho is not None and hecho.origen_agencia_id == origen_id:
        return hecho  # the same press, again
    destino = destino_desde(sesion, donde.agencia, destino_id)
    en_que = texto_obligatorio("vehiculo", vehiculo, _("Escriba la placa o el servicio en que va."), 60)
    quien = texto_obligatorio("conductor", conductor, _("Escriba quién lo lleva."), 120)
    instante = ahora_bd(sesion)
    despacho = Despacho(
        id=id or nuevo_id(),
        operador_unidad_id=donde.agencia.operador_unidad_id,
        origen_agencia_id=origen_id,
        destino_agencia_id=destino.id,
        destino_unidad_id=destino.operador_unidad_id,
        vehiculo=en_que,
        conductor=quien,
        creado_en=instante,
        creado_por=donde.autorizacion.actor.clave,
        revisar_en=vence(sesion, PREPARACION, instante),
    )
    sesion.add(despacho)
    sesion.flush()
    sesion.refresh(despacho)
    _auditar(sesion, donde.autorizacion, "despacho.preparar", despacho, numero=despacho.numero)
    return despacho


def cargar(
    sesion: Session, actor: Actor, despacho_id: UUID, codigo: str, *, insiste: bool = False
) -> Saca | Envio:
    """Scan a sealed bag, or a loose item, into a manifest that has not left; scanned twice is once.

    Raises `PasoDeDespacho`, `PasoDeSaca`, `OtroCamino`, `NumeroIlegible`, and what `cargar_envio` raises.
    """
    despacho, donde = _en_preparacion(sesion, actor, despacho_id)
    numero = leer_numero(codigo)
    if numero is None:
        return cargar_envio(sesion, donde, codigo, despacho, insiste=insiste)
    saca = bloquear_saca(sesion, saca_por_serie(sesion, *numero).id)
    if saca.despacho_id == despacho.id:
        return saca
    camino = (despacho.origen_agencia_id, despacho.destino_agencia_id)
    if (saca.origen_agencia_id, saca.destino_agencia_id) != camino:
        raise OtroCamino(_("La saca %(n)s no va de esta agencia a ese destino.") % {"n": saca.numero})
    if saca.despacho_id is not None:
        raise OtroCamino(_("La saca %(n)s ya está en otro despacho.") % {"n": saca.numero})
    if saca.estado is not EstadoSaca.CERRADA:
        raise PasoDeSaca(_("Cierre la saca %(n)s con su precinto antes de cargarla.") % {"n": saca.numero})
    saca.despacho_id, saca.revisar_en = despacho.id, None
    sesion.flush()
    _auditar(sesion, donde.autorizacion, "despacho.cargar", despacho, saca=saca.numero)
    return saca


def descargar(sesion: Session, actor: Actor, despacho_id: UUID, cosa_id: UUID) -> None:
    """Take a bag or a loose item, by its id, off a manifest that has not left. Raises `NoEstaDentro`."""
    despacho, donde = _en_preparacion(sesion, actor, despacho_id)
    saca = next((s for s in bloquear_sacas_de(sesion, despacho.id) if s.id == cosa_id), None)
    if saca is None:
        descargar_envio(sesion, donde.autorizacion, cosa_id, despacho)
        return
    _bajar(sesion, saca)
    _auditar(sesion, donde.autorizacion, "despacho.descargar", despacho, saca=saca.numero)


def despachar(sesion: Session, actor: Actor, despacho_id: UUID) -> Despacho:
    """It leaves: its totals are written for ever, and each item says that it left, or was given.

    Raises `SinCarga`, `PasoDeDespacho`, and what an event is refused for.
    """
    despacho, donde = _en_preparacion(sesion, actor, despacho_id)
    sacas = bloquear_sacas_de(sesion, despacho.id)
    cargas = _cargas_de(sesion, despacho, sacas)
    if not cargas:
        raise SinCarga(_("No hay nada cargado: lea una saca o un envío antes de salir."))
    sueltas = [c.envio_id for c in cargas if c.saca_id is None]
    peso = sesion.exec(
        select(func.coalesce(func.sum(Envio.peso_g), 0)).where(col(Envio.id).in_(sueltas))
    ).one()
    VIDA_DESPACHO.pasar(despacho, EstadoDespacho.EN_CAMINO)
    despacho.sacas, despacho.envios = len(sacas), len(cargas)
    despacho.peso_g = int(peso) + sum(s.peso_g or 0 for s in sacas)
    despacho.salio_en, despacho.salio_por = ahora_bd(sesion), donde.autorizacion.actor.clave
    despacho.revisar_en = vence(sesion, LLEGADA, despacho.salio_en)
    sesion.flush()
    for saca in sacas:
        VIDA_SACA.pasar(saca, EstadoSaca.EN_CAMINO)
    sesion.flush()
    anotar(sesion, donde.autorizacion, despacho.operador_unidad_id, _salidas(sesion, despacho, donde, cargas))
    _auditar(
        sesion,
        donde.autorizacion,
        "despacho.salir",
        despacho,
        sacas=despacho.sacas,
        envios=despacho.envios,
        peso_g=despacho.peso_g,
    )
    return despacho


def _salidas(
    sesion: Session, despacho: Despacho, donde: EnAgencia, cargas: Sequence[Carga]
) -> list[EventoNuevo]:
    """What each item says of the departure: given to another operator, left in a bag, or left loose."""
    ids = [c.envio_id for c in cargas]
    viajo = col(Carga.envio_id).in_(ids) & (col(Carga.estado) == EstadoCarga.LLEGADA)
    de_paso = set(sesion.exec(select(Carga.envio_id).where(viajo)))

    def codigo(carga: Carga) -> str:
        if despacho.es_traspaso:
            return CodigoPropio.TRASPASO_DADO
        if carga.saca_id is not None:
            return CodigoPropio.SACA_SALE
        return Codigo.EMK if carga.envio_id in de_paso else Codigo.EMC

    otra = despacho.destino_unidad_id if despacho.es_traspaso else None
    return [evento_en(donde.agencia, codigo(c), c.envio_id, c.evento_de_salida, otra) for c in cargas]


def deshacer_despacho(sesion: Session, actor: Actor, despacho_id: UUID) -> Despacho:
    """It does not leave: its bags and items stay at the agency. Raises `PasoDeDespacho`."""
    despacho, donde = _en_preparacion(sesion, actor, despacho_id)
    _deshacer(sesion, donde.autorizacion, despacho)
    return despacho


def vencer_preparacion(sesion: Session, despacho: Despacho) -> None:
    """Time undoes a manifest, locked, that did not leave."""
    _deshacer(sesion, Autorizacion.propia(Actor.sistema("plazo del despacho")), despacho)


def _deshacer(sesion: Session, autorizacion: Autorizacion, despacho: Despacho) -> None:
    VIDA_DESPACHO.pasar(despacho, EstadoDespacho.DESHECHO)
    despacho.revisar_en = None
    for saca in bloquear_sacas_de(sesion, despacho.id):
        _bajar(sesion, saca)
    dentro = (col(Carga.despacho_id) == despacho.id, col(Carga.estado) == EstadoCarga.DENTRO)
    sueltas = bloquear_cargas(sesion, *dentro)
    sesion.flush()
    terminar_cargas(sesion, autorizacion, sueltas, EstadoCarga.SACADA)
    _auditar(sesion, autorizacion, "despacho.deshacer", despacho)


def _bajar(sesion: Session, saca: Saca) -> None:
    saca.despacho_id, saca.revisar_en = None, vence(sesion, PREPARACION, ahora_bd(sesion))
    sesion.flush()


def _en_preparacion(sesion: Session, actor: Actor, despacho_id: UUID) -> tuple[Despacho, EnAgencia]:
    despacho = bloquear_despacho(sesion, despacho_id)
    donde = exigir_en_agencia(sesion, actor, despacho.origen_agencia_id)
    if despacho.estado is not EstadoDespacho.EN_PREPARACION:
        raise PasoDeDespacho(
            _("El despacho %(n)s está %(estado)s: lo que lleva ya no cambia.")
            % {"n": despacho.numero, "estado": despacho.estado.texto.lower()}
        )
    return despacho, donde


def _cargas_de(sesion: Session, despacho: Despacho, sacas: Sequence[Saca]) -> Sequence[Carga]:
    """All that travels in a manifest, in its bags and loose, locked."""
    en_el = or_(col(Carga.despacho_id) == despacho.id, col(Carga.saca_id).in_([s.id for s in sacas]))
    return bloquear_cargas(sesion, en_el, col(Carga.estado) == EstadoCarga.DENTRO)


def _auditar(
    sesion: Session, autorizacion: Autorizacion, accion: str, despacho: Despacho, **datos: object
) -> None:
    auditar(sesion, autorizacion, accion, "envios_despacho", despacho.id, datos)
