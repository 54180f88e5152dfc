"""The opening: after the deadline, the officer opens all envelopes at once and an act records it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.actos import APERTURA, levantar, publicar_acto
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura import eventos
from feria_inversa.apertura.acta import POR_RELOJ, ActaDeApertura, leer_acta, lo_abierto, lo_sellado
from feria_inversa.apertura.errores import FaltanPartes
from feria_inversa.apertura.tecnica import ActaTecnica, abrir_tecnica, cerrar_tecnica
from feria_inversa.designaciones import apartar_por_conflicto
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir, habilitados
from feria_inversa.llaves import llave_de, olvidar_partes
from feria_inversa.ofertas import (
    EstadoOferta,
    PlazoNoVencido,
    Sellado,
    abrir_sellados,
    abrir_sobres,
    anotar_selladas,
    caducadas_de,
    caducar_sin_reconfirmar,
    hay_por_abrir,
    oferentes_de,
    ofertas_abiertas,
)
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.papeles import ABRIR, exigir_papel
from feria_inversa.procesos import (
    OBJETO,
    Cierre,
    Estado,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    cancelar_con,
    cerrar_si_vencio,
    items_de,
    pasar,
    poner_plazo,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import empezar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

LOS_ABRE_EL_RELOJ = frozenset({Estado.RECEPCION_CERRADA, Estado.APERTURA_ECONOMICA})
LOS_ANULA_EL_RELOJ = frozenset({Estado.APERTURA_IMPEDIDA, Estado.EVALUACION_TECNICA})


def abrir_convocatoria(sesion: Session, actor: Actor, convocatoria_id: UUID) -> ActaDeApertura | ActaTecnica:
    """Open every envelope of a call whose deadline passed, and leave it under evaluation, or in its auction;
    of two envelopes, those whose turn it is.

    Raises `PlazoNoVencido`, `EstadoNoPermite`, `ConflictoDeInteres`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_papel(sesion, actor, convocatoria, ABRIR)
    return _abrir(sesion, autorizacion, convocatoria)


def abrir_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    *,
    sin_convocatoria: str | None = None,
    privada: bytes | None = None,
) -> ActaDeApertura | ActaTecnica:
    """`abrir_convocatoria` for a caller that already holds the authority. `sin_convocatoria`: why the process
    had no call. `privada`: the key of sealed envelopes; without it, if there are any, `FaltanPartes`.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    return _abrir(sesion, autorizacion, convocatoria, sin_convocatoria=sin_convocatoria, privada=privada)


def _abrir(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    *,
    sin_convocatoria: str | None = None,
    privada: bytes | None = None,
) -> ActaDeApertura | ActaTecnica:
    """The act, of a locked call."""
    actor, convocatoria_id = autorizacion.actor, convocatoria.id
    cerrar_si_vencio(sesion, convocatoria)
    if convocatoria.estado == Estado.PUBLICADO:
        raise PlazoNoVencido(_("Los sobres se abren desde la hora de cierre, no antes."))
    sellada = llave_de(sesion, convocatoria_id) is not None
    if sellada and privada is None and hay_por_abrir(sesion, convocatoria):
        raise FaltanPartes(_("Cada depositario entrega su parte; con la última que hace falta, se abren."))
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    if convocatoria.abierto_en is not None:
        raise EstadoNoPermite(_("Los sobres ya se abrieron."))
    if convocatoria.espera_tecnica:
        tecnica = abrir_tecnica(sesion, autorizacion, convocatoria, privada)
        if not hay_por_abrir(sesion, convocatoria):
            pasar_a_precios(sesion, autorizacion, convocatoria, {"cuce": convocatoria.cuce, "ofertas": []})
        return tecnica
    if convocatoria.estado == Estado.EVALUACION_TECNICA:
        raise EstadoNoPermite(_("Los precios se abren después de calificar la parte técnica."))
    return _abrir_precios(
        sesion,
        autorizacion,
        convocatoria,
        sellada=sellada,
        sin_convocatoria=sin_convocatoria,
        privada=privada,
    )


def pasar_a_precios(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    dicho: Mapping[str, Any],
    quien: str = "",
) -> Acta:
    """The technical part of a locked process was qualified (by `quien`, if several): its prices wait for who
    opens them; if nobody passed there is nothing to open, and that act is done at once.
    """
    acta = cerrar_tecnica(sesion, autorizacion, convocatoria, dicho, quien)
    if not hay_por_abrir(sesion, convocatoria):
        _abrir_precios(sesion, autorizacion, convocatoria, sellada=True)
    return acta


def _abrir_precios(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    *,
    sellada: bool,
    sin_convocatoria: str | None = None,
    privada: bytes | None = None,
) -> ActaDeApertura:
    """The act by which prices are known, the only one where there is one envelope."""
    actor, convocatoria_id = autorizacion.actor, convocatoria.id
    if sellada:
        anotar_selladas(sesion, convocatoria)
    pasar(convocatoria, Estado.APERTURA)
    convocatoria.abierto_en = instante = ahora_bd(sesion)
    sesion.flush()
    if sellada:
        olvidar_partes(sesion, convocatoria_id)
    caducadas = caducar_sin_reconfirmar(sesion, convocatoria, instante)
    if convocatoria.dos_sobres:  # those lapsed in the first act
        caducadas = len(caducadas_de(sesion, convocatoria_id))
    items = items_de(sesion, convocatoria_id)
    sellados: list[Sellado] = []
    if privada is None:
        abiertos = abrir_sobres(sesion, convocatoria, items)
    else:
        sellados = abrir_sellados(sesion, convocatoria, items, privada, instante)
        abiertos = len([s for s in sellados if not s.falla])
    retiradas = _retiradas(sesion, convocatoria_id)
    leidas = ofertas_abiertas(sesion, convocatoria)
    pueden = habilitados(sesion, {abierta.proveedor.id for abierta in leidas})
    dicho = lo_abierto(
        sesion, convocatoria, items, leidas, pueden, actor.nombre, retiradas=retiradas, caducadas=caducadas
    )
    if sellada:
        dicho |= lo_sellado(sesion, convocatoria, sellados)
    if sin_convocatoria is not None:
        dicho["sin_convocatoria"] = sin_convocatoria
    acta = levantar(sesion, convocatoria_id, APERTURA, dicho, actor.nombre, instante)
    if empezar(sesion, convocatoria, items, leidas, pueden, instante):
        pasar(convocatoria, Estado.SUBASTA)  # who bid what is told when it ends
    else:
        apartar_por_conflicto(sesion, convocatoria)
        pasar(convocatoria, Estado.EVALUACION)
    poner_plazo(sesion, convocatoria, instante)
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["tenderUpdate"], instante)
    publicar(sesion, eventos.CONVOCATORIA_ABIERTA, convocatoria_id, {"ofertas": abiertos}, actor)
    auditar(sesion, autorizacion, "convocatoria.abrir", OBJETO, convocatoria_id, {"ofertas": abiertos})
    sesion.flush()
    return leer_acta(acta)


def _retiradas(sesion: Session, convocatoria_id: UUID) -> int:
    """Units that withdrew and did not come back."""
    vigentes = select(Oferta.unidad_id).where(
        Oferta.convocatoria_id == convocatoria_id, Oferta.estado == EstadoOferta.VIGENTE
    )
    consulta = select(func.count(func.distinct(col(Oferta.unidad_id)))).where(
        Oferta.convocatoria_id == convocatoria_id,
        Oferta.estado == EstadoOferta.RETIRADA,
        col(Oferta.unidad_id).not_in(vigentes),
    )
    return int(sesion.exec(consulta).one())


def abrir_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """Open the envelopes that nobody opened in the term; False when there is nothing to do.

    What opens those that have no key is the deadline, which has passed. Those that have one wait some days
    more for its parts, as everybody is told.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in LOS_ABRE_EL_RELOJ:
        return False
    assert convocatoria.sigue_en is not None
    if ahora_bd(sesion) < convocatoria.sigue_en:
        return False
    sistema = Autorizacion.propia(Actor.sistema(POR_RELOJ))
    if llave_de(sesion, convocatoria_id) is None or not hay_por_abrir(sesion, convocatoria):
        abrir_con(sesion, sistema, convocatoria_id)
        return True
    instante = ahora_bd(sesion)
    pasar(convocatoria, Estado.APERTURA_IMPEDIDA)
    poner_plazo(sesion, convocatoria, instante)
    sesion.flush()
    publicar(sesion, eventos.APERTURA_IMPEDIDA, convocatoria_id, {"cuce": convocatoria.cuce}, sistema)
    auditar(sesion, sistema, "convocatoria.impedir_apertura", OBJETO, convocatoria_id)
    sesion.flush()
    return True


def anular_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """End what nobody could open in its second term, or whose technical part nobody qualified, its prices
    unread; False when there is nothing to do.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in LOS_ANULA_EL_RELOJ:
        return False
    assert convocatoria.sigue_en is not None
    if ahora_bd(sesion) < convocatoria.sigue_en:
        return False
    anotar_selladas(sesion, convocatoria)
    sistema = Autorizacion.propia(Actor.sistema(POR_RELOJ))
    motivo = _("No se juntaron las partes de la llave: nadie puede abrir los sobres.")
    if convocatoria.estado == Estado.EVALUACION_TECNICA:
        motivo = _("Nadie calificó la parte técnica en su plazo: los precios no se abren.")
    cancelar_con(sesion, sistema, convocatoria_id, motivo, Cierre.ANULA)
    return True
