"""What arrived otherwise than its manifest said: opened by the reception, explained by one side and accepted
by the other, found when it appears; time alone turns a missing item into an incident of the item."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, or_, select

from envios.despachos.anotar import anotar
from envios.despachos.bloqueos import (
    bloquear_cargas,
    bloquear_despacho,
    bloquear_diferencia,
    bloquear_diferencias,
)
from envios.despachos.estados import (
    DIFERENCIA,
    VIDA_CARGA,
    VIDA_DIFERENCIA,
    ClaseDiferencia,
    EstadoCarga,
    EstadoDiferencia,
)
from envios.despachos.modelos import Carga, Despacho, Diferencia, Saca
from envios.eventos import CodigoPropio, EventoNuevo, Fuente
from envios.items.modelos import Envio
from envios.operadores import EnAgencia, exigir_en_agencia
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import Prohibido
from nucleo.lectores import texto_obligatorio
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_C, _E = ClaseDiferencia, EstadoDiferencia


def abrir(
    sesion: Session,
    autorizacion: Autorizacion,
    despacho: Despacho,
    clase: ClaseDiferencia,
    *,
    saca_id: UUID | None = None,
    envio_id: UUID | None = None,
) -> Diferencia:
    """The difference of a manifest, locked; the one there is if it was seen before."""
    suya = (
        col(Diferencia.despacho_id) == despacho.id,
        col(Diferencia.clase) == clase,
        col(Diferencia.saca_id).is_not_distinct_from(saca_id),
        col(Diferencia.envio_id).is_not_distinct_from(envio_id),
    )
    tenidas = bloquear_diferencias(sesion, *suya)
    if tenidas:
        return tenidas[0]
    instante = ahora_bd(sesion)
    fila = Diferencia(
        despacho_id=despacho.id,
        clase=clase,
        saca_id=saca_id,
        envio_id=envio_id,
        abierta_en=instante,
        abierta_por=autorizacion.actor.clave,
        vence_en=vence(sesion, DIFERENCIA, instante),
    )
    sesion.add(fila)
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "despacho.diferencia",
        "envios_despacho",
        despacho.id,
        {"clase": clase, "de": str(saca_id or envio_id)},
    )
    return fila


def encontrar(
    sesion: Session, autorizacion: Autorizacion, cargas: Iterable[Carga], agencia_id: UUID | None = None
) -> None:
    """What these hold, locked, appeared: at a reception, or anywhere else. It is missing no more."""
    instante = ahora_bd(sesion)
    for carga in cargas:
        VIDA_CARGA.pasar(carga, EstadoCarga.LLEGADA)
        carga.salio_en, carga.salio_por = instante, autorizacion.actor.clave
        carga.llego_agencia_id = agencia_id
        faltas = bloquear_diferencias(
            sesion, col(Diferencia.envio_id) == carga.envio_id, col(Diferencia.clase) == _C.FALTANTE
        )
        for falta in faltas:
            terminar(sesion, autorizacion, falta, _E.ENCONTRADA)
    sesion.flush()


def terminar(sesion: Session, autorizacion: Autorizacion, fila: Diferencia, a: EstadoDiferencia) -> None:
    """One step of a difference, locked, to where nobody is waited for; it may be there already."""
    if fila.estado is a:
        return
    VIDA_DIFERENCIA.pasar(fila, a)
    fila.vence_en = None
    fila.terminada_en, fila.terminada_por = ahora_bd(sesion), autorizacion.actor.clave
    auditar(
        sesion,
        autorizacion,
        f"diferencia.{a}",
        "envios_despacho",
        fila.despacho_id,
        {"clase": fila.clase, "de": str(fila.saca_id or fila.envio_id)},
    )


def explicar(sesion: Session, actor: Actor, diferencia_id: UUID, texto: str) -> Diferencia:
    """Either side says what happened; the other one, or time, accepts it.

    Raises `DiferenciaNoEncontrada`, `PasoDeDiferencia`, `DatosInvalidos`, `NoTrabajaAqui`.
    """
    fila = bloquear_diferencia(sesion, diferencia_id)
    donde = _de_un_lado(sesion, actor, sesion.get_one(Despacho, fila.despacho_id))
    dicho = texto_obligatorio(
        "explicacion", texto, _("Escriba qué pasó, para que la otra agencia lo sepa."), 500
    )
    VIDA_DIFERENCIA.pasar(fila, _E.EXPLICADA)
    instante = ahora_bd(sesion)
    fila.explicacion, fila.explicada_en = dicho, instante
    fila.explicada_por, fila.explicada_agencia_id = donde.autorizacion.actor.clave, donde.agencia.id
    fila.vence_en, fila.terminada_en, fila.terminada_por = vence(sesion, DIFERENCIA, instante), None, None
    datos = {"diferencia": str(fila.id)}
    auditar(sesion, donde.autorizacion, "diferencia.explicar", "envios_despacho", fila.despacho_id, datos)
    sesion.flush()
    return fila


def responder(sesion: Session, actor: Actor, diferencia_id: UUID, acepta: bool) -> Diferencia:
    """The side that did not explain it accepts what was said, or wants another explanation.

    Raises `DiferenciaNoEncontrada`, `PasoDeDiferencia`, `NoTrabajaAqui`.
    """
    fila = bloquear_diferencia(sesion, diferencia_id)
    despacho = sesion.get_one(Despacho, fila.despacho_id)
    _de_un_lado(sesion, actor, despacho)
    VIDA_DIFERENCIA.exigir_paso(fila, _E.CERRADA if acepta else _E.ABIERTA, _("Nadie la explicó todavía."))
    otra = (
        despacho.destino_agencia_id
        if fila.explicada_agencia_id == despacho.origen_agencia_id
        else despacho.origen_agencia_id
    )
    autorizacion = exigir_en_agencia(sesion, actor, otra).autorizacion
    if acepta:
        terminar(sesion, autorizacion, fila, _E.CERRADA)
    else:
        VIDA_DIFERENCIA.pasar(fila, _E.ABIERTA)
        fila.vence_en = vence(sesion, DIFERENCIA, ahora_bd(sesion))
        datos = {"diferencia": str(fila.id)}
        auditar(sesion, autorizacion, "diferencia.rechazar", "envios_despacho", fila.despacho_id, datos)
    sesion.flush()
    return fila


def _de_un_lado(sesion: Session, actor: Actor, despacho: Despacho) -> EnAgencia:
    """The actor at the destination of a manifest, or else at its origin."""
    try:
        return exigir_en_agencia(sesion, actor, despacho.destino_agencia_id)
    except Prohibido:
        return exigir_en_agencia(sesion, actor, despacho.origen_agencia_id)


def vencer(sesion: Session, diferencia_id: UUID) -> bool:
    """Time answers: what was explained is accepted; what was not is an incident of each item.

    False if not due.
    """
    vista = sesion.get_one(Diferencia, diferencia_id)
    despacho = bloquear_despacho(sesion, vista.despacho_id)
    faltan = _faltantes(sesion, despacho, vista) if vista.clase is _C.FALTANTE else []
    (fila,) = bloquear_diferencias(sesion, col(Diferencia.id) == diferencia_id)
    if fila.vence_en is None or fila.vence_en > ahora_bd(sesion):
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo de las diferencias"))
    if fila.estado is _E.ABIERTA:
        _denunciar(sesion, sistema, despacho, faltan)
    if fila.estado is not _E.ENCONTRADA:
        terminar(sesion, sistema, fila, _E.CERRADA if fila.estado is _E.EXPLICADA else _E.VENCIDA)
    sesion.flush()
    return True


def _faltantes(sesion: Session, despacho: Despacho, fila: Diferencia) -> Sequence[Carga]:
    """The items that a difference is about and did not appear, locked."""
    suyas = select(Saca.id).where(col(Saca.despacho_id) == despacho.id)
    de_que = (
        col(Carga.saca_id) == fila.saca_id
        if fila.saca_id is not None
        else (col(Carga.envio_id) == fila.envio_id)
        & or_(col(Carga.despacho_id) == despacho.id, col(Carga.saca_id).in_(suyas))
    )
    return bloquear_cargas(sesion, de_que, col(Carga.estado) == EstadoCarga.FALTANTE)


def _denunciar(sesion: Session, sistema: Autorizacion, despacho: Despacho, faltan: Sequence[Carga]) -> None:
    """Write that each item is missing, as who sent it; but of those of which something was heard since."""
    ids = [c.envio_id for c in faltan]
    oidos = dict(sesion.exec(select(Envio.id, Envio.ultimo_evento_en).where(col(Envio.id).in_(ids))).all())
    vistos = [c for c in faltan if (oido := oidos[c.envio_id]) and c.salio_en and oido > c.salio_en]
    encontrar(sesion, sistema, vistos)
    nuevos = [
        EventoNuevo(CodigoPropio.FALTA, c.envio_id, evento_cliente_id=c.evento_de_falta)
        for c in faltan
        if c not in vistos
    ]
    anotar(sesion, sistema, despacho.operador_unidad_id, nuevos, Fuente.SISTEMA)
