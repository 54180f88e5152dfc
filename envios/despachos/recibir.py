"""A manifest arrives: bags with seals and weights, items one by one, in any order; then what is missing.

What belongs to another manifest is taken all the same, and is missing there no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, or_, select

from envios.despachos.anotar import anotar, evento_en, terminar_cargas
from envios.despachos.bloqueos import (
    bloquear_cargas,
    bloquear_cargas_en_juego,
    bloquear_despacho,
    bloquear_despachos,
    bloquear_diferencias,
    bloquear_saca,
    bloquear_sacas_de,
)
from envios.despachos.cargas import exigir_en_camino
from envios.despachos.consultas import donde_esta, saca_por_serie
from envios.despachos.diferencias import abrir, encontrar, terminar
from envios.despachos.errores import PasoDeDespacho, PasoDeSaca, YaEstaDentro
from envios.despachos.estados import (
    RECEPCION,
    VIDA_DESPACHO,
    VIDA_SACA,
    ClaseDiferencia,
    EstadoCarga,
    EstadoDespacho,
    EstadoDiferencia,
    EstadoSaca,
)
from envios.despachos.modelos import Carga, Despacho, Diferencia, Saca
from envios.despachos.numeros import leer_numero
from envios.despachos.sacas import peso_imposible
from envios.eventos import Codigo, CodigoPropio, EventoNuevo
from envios.items import envio_por_numero
from envios.items.modelos import Envio
from envios.operadores import Agencia, EnAgencia, exigir_en_agencia
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.plazos import plazo, vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_C = ClaseDiferencia
# Scales differ: less than this is no difference.
TOLERANCIA_G = 100
TOLERANCIA_POR_CIENTO = 2


@dataclass(frozen=True, slots=True)
class Llegada:
    """What one scan of a reception came to. `sobra`: it was not in this manifest."""

    saca: Saca | None = None
    envio: Envio | None = None
    repetida: bool = False
    sobra: bool = False


def recibir(
    sesion: Session,
    actor: Actor,
    despacho_id: UUID,
    codigo: str,
    *,
    precinto_intacto: bool = True,
    peso_g: int | None = None,
) -> Llegada:
    """One scan at the destination of a manifest that left: a bag or an item, in any order; twice is once.

    Raises `PasoDeDespacho`, `NoTrabajaAqui`, `NumeroIlegible`, `SacaNoEncontrada`, `EnvioNoEncontrado`,
    `YaEstaDentro` (of what has not left where it is), `EnvioTerminado`.
    """
    numero = leer_numero(codigo)
    saca = saca_por_serie(sesion, *numero) if numero is not None else None
    ajeno = saca.despacho_id if saca is not None else None
    despacho, donde = _en_destino(sesion, actor, despacho_id, ajeno)
    if saca is not None:
        hecha = _recibir_saca(sesion, donde, despacho, saca.id, precinto_intacto, peso_g)
    else:
        envio = envio_por_numero(sesion, codigo, despacho.operador_unidad_id)
        hecha = _recibir_envio(sesion, donde, despacho, envio)
    if not hecha.repetida and despacho.llego_en is None:
        despacho.llego_en = ahora_bd(sesion)
        if despacho.estado is EstadoDespacho.EN_CAMINO:
            despacho.revisar_en = vence(sesion, RECEPCION, despacho.llego_en)
    sesion.flush()
    return hecha


def _en_destino(
    sesion: Session, actor: Actor, despacho_id: UUID, otro: UUID | None = None
) -> tuple[Despacho, EnAgencia]:
    """The manifest, locked (with the one that a bag of it came in), and who receives it."""
    bloqueados = bloquear_despachos(sesion, {despacho_id} | ({otro} if otro else set()))
    despacho = bloqueados.get(despacho_id) or bloquear_despacho(sesion, despacho_id)
    donde = exigir_en_agencia(sesion, actor, despacho.destino_agencia_id)
    if despacho.estado not in (EstadoDespacho.EN_CAMINO, EstadoDespacho.RECIBIDO):
        raise PasoDeDespacho(_("El despacho %(n)s todavía no salió.") % {"n": despacho.numero})
    return despacho, donde


# --- Bags -------------------------------------------------------------------------------------------------


def _recibir_saca(
    sesion: Session,
    donde: EnAgencia,
    despacho: Despacho,
    saca_id: UUID,
    precinto_intacto: bool,
    peso_g: int | None,
) -> Llegada:
    saca = bloquear_saca(sesion, saca_id)
    if saca.estado in (EstadoSaca.RECIBIDA, EstadoSaca.VACIADA):
        return Llegada(saca=saca, repetida=True)
    if saca.estado not in (EstadoSaca.EN_CAMINO, EstadoSaca.NO_LLEGO):
        raise PasoDeSaca(
            _("La saca %(n)s no salió todavía de donde se llena: avise a esa agencia.") % {"n": saca.numero}
        )
    if peso_g is not None and (mal := peso_imposible(peso_g)):
        raise DatosInvalidos(mal, campos={"peso_g": mal})
    assert saca.despacho_id is not None
    assert saca.peso_g is not None
    autorizacion, instante = donde.autorizacion, ahora_bd(sesion)
    VIDA_SACA.pasar(saca, EstadoSaca.RECIBIDA)
    saca.recibida_en, saca.recibida_por = instante, autorizacion.actor.clave
    saca.precinto_intacto, saca.peso_recibido_g = precinto_intacto, peso_g
    saca.revisar_en = vence(sesion, RECEPCION, instante)
    sesion.flush()
    suyo = sesion.get_one(Despacho, saca.despacho_id)
    de_ella = (col(Diferencia.saca_id) == saca.id, col(Diferencia.clase) == _C.FALTANTE)
    for falta in bloquear_diferencias(sesion, *de_ella):
        terminar(sesion, autorizacion, falta, EstadoDiferencia.ENCONTRADA)
    if not precinto_intacto:
        abrir(sesion, autorizacion, suyo, _C.PRECINTO, saca_id=saca.id)
    if peso_g is not None and _pesa_distinto(saca.peso_g, peso_g):
        abrir(sesion, autorizacion, suyo, _C.PESO, saca_id=saca.id)
    sobra = suyo.id != despacho.id
    if sobra:
        de_mas = abrir(sesion, autorizacion, despacho, _C.SOBRANTE, saca_id=saca.id)
        terminar(sesion, autorizacion, de_mas, EstadoDiferencia.ENCONTRADA)
    datos = {"despacho": despacho.numero, "precinto_intacto": precinto_intacto, "peso_g": peso_g}
    auditar(sesion, autorizacion, "saca.recibir", "envios_saca", saca.id, datos)
    return Llegada(saca=saca, sobra=sobra)


def _pesa_distinto(al_salir_g: int, al_llegar_g: int) -> bool:
    return abs(al_salir_g - al_llegar_g) > max(TOLERANCIA_G, al_salir_g * TOLERANCIA_POR_CIENTO // 100)


def vaciar_saca(sesion: Session, actor: Actor, saca_id: UUID) -> Saca:
    """Nothing is left in a bag that arrived: what was not scanned is missing. Raises `PasoDeSaca`."""
    vista = sesion.get(Saca, saca_id)
    if vista is None or vista.despacho_id is None:
        vista = bloquear_saca(sesion, saca_id)  # raises when there is none
        exigir_en_agencia(sesion, actor, vista.destino_agencia_id)
        raise PasoDeSaca(_("La saca %(n)s no llegó todavía.") % {"n": vista.numero})
    despacho, donde = _en_destino(sesion, actor, vista.despacho_id)
    saca = bloquear_saca(sesion, saca_id)
    VIDA_SACA.exigir_paso(saca, EstadoSaca.VACIADA, _("Primero lea el número de la saca al recibirla."))
    _vaciar(sesion, donde.autorizacion, despacho, saca)
    return saca


def vaciar_por_plazo(sesion: Session, saca_id: UUID) -> None:
    """A bag that arrived after its manifest was closed, and nobody emptied."""
    vista = sesion.get_one(Saca, saca_id)
    assert vista.despacho_id is not None
    despacho = bloquear_despacho(sesion, vista.despacho_id)
    saca = bloquear_saca(sesion, saca_id)
    if saca.estado is EstadoSaca.RECIBIDA and saca.revisar_en and saca.revisar_en <= ahora_bd(sesion):
        _vaciar(sesion, Autorizacion.propia(Actor.sistema("plazo de la saca")), despacho, saca)


def _vaciar(sesion: Session, autorizacion: Autorizacion, despacho: Despacho, saca: Saca) -> None:
    VIDA_SACA.pasar(saca, EstadoSaca.VACIADA)
    saca.revisar_en = None
    sesion.flush()
    perdidas = col(Carga.estado).in_([EstadoCarga.DENTRO, EstadoCarga.FALTANTE])
    _faltan(sesion, autorizacion, despacho, bloquear_cargas(sesion, col(Carga.saca_id) == saca.id, perdidas))
    auditar(sesion, autorizacion, "saca.vaciar", "envios_saca", saca.id, {"despacho": despacho.numero})
    sesion.flush()


def _faltan(sesion: Session, autorizacion: Autorizacion, despacho: Despacho, cargas: Sequence[Carga]) -> None:
    dentro = [c for c in cargas if c.estado is EstadoCarga.DENTRO]
    terminar_cargas(sesion, autorizacion, dentro, EstadoCarga.FALTANTE)
    for carga in cargas:
        abrir(sesion, autorizacion, despacho, _C.FALTANTE, envio_id=carga.envio_id)


# --- Items ------------------------------------------------------------------------------------------------


def _recibir_envio(sesion: Session, donde: EnAgencia, despacho: Despacho, envio: Envio) -> Llegada:
    autorizacion = donde.autorizacion
    cargas = bloquear_cargas_en_juego(sesion, envio.id)
    if not cargas and _ya_llego(sesion, despacho, envio):
        return Llegada(envio=envio, repetida=True)
    exigir_en_camino(envio)
    actual = cargas[-1] if cargas else None
    suyo = _despacho_de(sesion, actual)
    if actual is not None and (suyo is None or suyo.salio_en is None):
        quien = donde_esta(sesion, envio.id)
        raise YaEstaDentro(
            _("El envío %(n)s figura en %(donde)s, que no salió todavía: pida que lo saquen de ahí.")
            % {"n": envio.numero, "donde": quien.numero if quien else ""}
        )
    clave = ""
    if actual is not None:
        encontrar(sesion, autorizacion, cargas[:-1])
        encontrar(sesion, autorizacion, [actual], despacho.destino_agencia_id)
        clave = actual.evento_de_llegada
    sobra = suyo is None or suyo.id != despacho.id
    if sobra:
        de_mas = abrir(sesion, autorizacion, despacho, _C.SOBRANTE, envio_id=envio.id)
        if suyo is not None:
            terminar(sesion, autorizacion, de_mas, EstadoDiferencia.ENCONTRADA)
        clave = clave or de_mas.evento_de_llegada
    nuevo = _entrada(donde.agencia, envio, actual, clave)
    anotar(sesion, autorizacion, despacho.destino_unidad_id, [nuevo])
    auditar(sesion, autorizacion, "carga.llegar", "envios_envio", envio.id, {"despacho": despacho.numero})
    return Llegada(envio=envio, sobra=sobra)


def _despacho_de(sesion: Session, carga: Carga | None) -> Despacho | None:
    """The manifest in which an item travels, or travelled when it went missing."""
    if carga is None:
        return None
    despacho_id = carga.despacho_id
    if carga.saca_id is not None:
        despacho_id = sesion.get_one(Saca, carga.saca_id).despacho_id
    return sesion.get_one(Despacho, despacho_id) if despacho_id is not None else None


def _ya_llego(sesion: Session, despacho: Despacho, envio: Envio) -> bool:
    """Whether it was scanned at this reception before, or at another one of these days in the same place."""
    suyas, instante = select(Saca.id).where(col(Saca.despacho_id) == despacho.id), ahora_bd(sesion)
    hace_poco = (col(Carga.llego_agencia_id) == despacho.destino_agencia_id) & (
        col(Carga.salio_en) > instante - plazo(sesion, RECEPCION, instante).duracion
    )
    llegada = select(Carga.id).where(
        col(Carga.envio_id) == envio.id,
        col(Carga.estado) == EstadoCarga.LLEGADA,
        or_(col(Carga.despacho_id) == despacho.id, col(Carga.saca_id).in_(suyas), hace_poco),
    )
    de_mas = select(Diferencia.id).where(
        col(Diferencia.despacho_id) == despacho.id,
        col(Diferencia.envio_id) == envio.id,
        col(Diferencia.clase) == _C.SOBRANTE,
    )
    return sesion.exec(llegada).first() is not None or sesion.exec(de_mas).first() is not None


def _entrada(agencia: Agencia, envio: Envio, carga: Carga | None, clave: str) -> EventoNuevo:
    """What an item says of its arrival: taken from another operator, out of a bag, or how near it is."""
    codigo: str = Codigo.EMJ
    otra = None
    if envio.custodio_unidad_id != agencia.operador_unidad_id:
        codigo, otra = CodigoPropio.TRASPASO_TOMADO, envio.custodio_unidad_id
    elif carga is not None and carga.saca_id is not None:
        codigo = CodigoPropio.SACA_ENTRA
    elif envio.destino_municipio_ine == agencia.municipio_ine:
        codigo = Codigo.EMG
    elif envio.destino_municipio_ine[:2] == agencia.municipio_ine[:2]:
        codigo = Codigo.EMD
    return evento_en(agencia, codigo, envio.id, clave, otra)


# --- The whole --------------------------------------------------------------------------------------------


def recibir_todo(sesion: Session, actor: Actor, despacho_id: UUID) -> Despacho:
    """Everything came as the manifest says, seals intact: one word for all that was not scanned yet.

    Raises `PasoDeDespacho` (it has not left, or its reception is closed).
    """
    despacho, donde = _en_destino(sesion, actor, despacho_id)
    VIDA_DESPACHO.exigir_paso(despacho, EstadoDespacho.RECIBIDO)
    autorizacion = donde.autorizacion
    sacas = bloquear_sacas_de(sesion, despacho.id)
    for saca in sacas:
        if saca.estado is EstadoSaca.EN_CAMINO:
            _recibir_saca(sesion, donde, despacho, saca.id, True, None)
    en_el = or_(col(Carga.despacho_id) == despacho.id, col(Carga.saca_id).in_([s.id for s in sacas]))
    cargas = bloquear_cargas(sesion, en_el, col(Carga.estado) == EstadoCarga.DENTRO)
    ids = [c.envio_id for c in cargas]
    envios = {e.id: e for e in sesion.exec(select(Envio).where(col(Envio.id).in_(ids)))}
    encontrar(sesion, autorizacion, cargas, despacho.destino_agencia_id)
    entradas = [_entrada(donde.agencia, envios[c.envio_id], c, c.evento_de_llegada) for c in cargas]
    anotar(sesion, autorizacion, despacho.destino_unidad_id, entradas)
    _cerrar(sesion, autorizacion, despacho)
    return despacho


def cerrar_recepcion(sesion: Session, actor: Actor, despacho_id: UUID) -> Despacho:
    """Nothing more of it comes: what was not scanned is missing. Raises `PasoDeDespacho`."""
    despacho, donde = _en_destino(sesion, actor, despacho_id)
    VIDA_DESPACHO.exigir_paso(despacho, EstadoDespacho.RECIBIDO)
    _cerrar(sesion, donde.autorizacion, despacho)
    return despacho


def cerrar_por_plazo(sesion: Session, despacho: Despacho) -> None:
    """Time closes the reception of a manifest, locked."""
    _cerrar(sesion, Autorizacion.propia(Actor.sistema("plazo del despacho")), despacho)


def _cerrar(sesion: Session, autorizacion: Autorizacion, despacho: Despacho) -> None:
    sacas = bloquear_sacas_de(sesion, despacho.id)
    perdidas = [s for s in sacas if s.estado is EstadoSaca.EN_CAMINO]
    for saca in sacas:
        if saca.estado is EstadoSaca.RECIBIDA:
            _vaciar(sesion, autorizacion, despacho, saca)
    for saca in perdidas:
        VIDA_SACA.pasar(saca, EstadoSaca.NO_LLEGO)
    sesion.flush()
    de_ellas = col(Carga.saca_id).in_([s.id for s in perdidas])
    dentro = col(Carga.estado) == EstadoCarga.DENTRO
    terminar_cargas(sesion, autorizacion, bloquear_cargas(sesion, de_ellas, dentro), EstadoCarga.FALTANTE)
    for saca in perdidas:
        abrir(sesion, autorizacion, despacho, _C.FALTANTE, saca_id=saca.id)
    sueltas = bloquear_cargas(sesion, col(Carga.despacho_id) == despacho.id, dentro)
    _faltan(sesion, autorizacion, despacho, sueltas)
    VIDA_DESPACHO.pasar(despacho, EstadoDespacho.RECIBIDO)
    despacho.recibido_en, despacho.recibido_por = ahora_bd(sesion), autorizacion.actor.clave
    despacho.revisar_en = None
    auditar(sesion, autorizacion, "despacho.recibir", "envios_despacho", despacho.id, {})
    sesion.flush()
