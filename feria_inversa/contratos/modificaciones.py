"""An order in force that changes: its entity proposes other quantities or more days, its supplier signs.

Nothing changes until both signed; then the order is what the last modification says (triggers), and every one
of them stays. A term that passed is not extended: what is late stays late, so no penalty is ever undone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Compromiso,
    Facultad,
    devolver_compromiso,
    exigir_facultad,
    unidad_por_id,
    usar_mandato,
)
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos import eventos
from feria_inversa.contratos.aceptacion import plazo_de_abandono
from feria_inversa.contratos.bloqueos import bloquear_orden
from feria_inversa.contratos.consultas import (
    lineas_de_modificacion,
    lineas_de_orden,
    lineas_frescas,
    modificaciones_de,
    total_adjudicado,
)
from feria_inversa.contratos.entregas import dar_por_recibida, esperan_respuesta
from feria_inversa.contratos.errores import (
    EntregasPendientes,
    FaltaGarantia,
    ModificacionExcesiva,
    ModificacionNoEncontrada,
    ModificacionPendiente,
    ModificacionTardia,
    OrdenNoPermite,
)
from feria_inversa.contratos.esquemas import LineaModificada, ModificacionEntrada
from feria_inversa.contratos.estados import (
    VIDA_MODIFICACION,
    EstadoModificacion,
    EstadoOrden,
    nombre_estado_orden,
)
from feria_inversa.contratos.garantias import lo_que_falta
from feria_inversa.contratos.modelos import (
    MODIFICACIONES_MAXIMAS,
    Modificacion,
    ModificacionLinea,
    OrdenDeCompra,
    OrdenLinea,
)
from feria_inversa.entidades import (
    ProveedorNoHabilitado,
    exigir_sin_conflicto_al_decidir,
    exigir_sin_mandato_de,
    habilitados,
)
from feria_inversa.evaluacion import adjudicaciones_de, en_total, exigir_certificado
from feria_inversa.papeles import ORDENAR, exigir_papel
from feria_inversa.precios import cabe, sumar
from feria_inversa.procesos import exigir_motivo, reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import Clave, Reglas
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, formato_bs, redondear
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible, total_de_linea
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_modificacion"


@dataclass(frozen=True, slots=True)
class Tope:
    """By how much the total of an order may differ from what was awarded, whichever way."""

    monto: Money
    por_ciento: int
    confirmado: bool
    fuente: str


def tope_de(reglas: Reglas | None, adjudicado: Money) -> Tope | None:
    valor = reglas.valores.get(Clave.MODIFICACION_TOPE) if reglas is not None else None
    if valor is None:
        return None
    monto = redondear(adjudicado.amount * valor.valor / 100)
    return Tope(monto, valor.valor, valor.confirmado, valor.fuente)


def proponer_modificacion(
    sesion: Session, actor: Actor, orden_id: UUID, datos: ModificacionEntrada, id_: UUID | None = None
) -> Modificacion:
    """The entity signs other quantities, or more days to deliver, for a public reason. The same `id_` again
    is the same one. Raises `OrdenNoPermite`, `ModificacionTardia`, `ModificacionPendiente`,
    `ModificacionExcesiva`, `CertificadoNoAlcanza`, `EntregasPendientes`, `DatosInvalidos`, `FaltaMotivo`.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    lineas = lineas_de_orden(sesion, orden_id)
    cambios = _cambios(lineas, datos.lineas)
    total = sumar(cambios[li.id][1] if li.id in cambios else li.total for li in lineas)
    crece = max(total - orden.total, bs(0))
    autorizacion = exigir_facultad(sesion, actor, orden.unidad_id, Facultad.COMPRAR, crece)
    exigir_papel(sesion, actor, convocatoria, ORDENAR)
    exigir_sin_conflicto_al_decidir(sesion, actor, [orden.proveedor_id])
    if id_ is not None and (previa := sesion.get(Modificacion, id_)) is not None:
        if previa.orden_id != orden_id:
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return previa
    motivo = exigir_motivo(datos.motivo)
    _exigir_que_cambie(sesion, orden)
    suyas = modificaciones_de(sesion, orden_id)
    if any(m.estado == EstadoModificacion.PROPUESTA for m in suyas):
        raise ModificacionPendiente(_("Hay otra que espera la firma del proveedor."))
    if not cambios and not datos.dias:
        detalle = _("Diga otra cantidad de algún ítem, o cuántos días más.")
        raise DatosInvalidos(detalle, campos={"dias": detalle})
    if len(suyas) >= MODIFICACIONES_MAXIMAS:
        raise OrdenNoPermite(_("Una orden admite hasta {} modificaciones.").format(MODIFICACIONES_MAXIMAS))
    _exigir_tope(sesion, convocatoria, orden, total)
    _exigir_certificado(sesion, orden, total)
    assert orden.entregar_hasta is not None
    assert orden.cortar_en is not None
    hasta = orden.entregar_hasta + timedelta(days=datos.dias)
    instante = ahora_bd(sesion)
    modificacion = Modificacion(
        id=id_ or nuevo_id(),
        orden_id=orden_id,
        numero=len(suyas) + 1,
        dias=datos.dias,
        total_antes=orden.total,
        total=total,
        entregar_antes=orden.entregar_hasta,
        entregar_hasta=hasta,
        cortar_en=plazo_de_abandono(sesion, orden, hasta) if datos.dias else orden.cortar_en,
        motivo=motivo,
        propuesta_en=instante,
        propuesta_por=actor.nombre,
        firmar_hasta=_firmar_hasta(sesion, orden, instante),
    )
    if crece:
        usar_mandato(sesion, autorizacion, Compromiso.ORDEN_DE_COMPRA, modificacion.id, crece)
    sesion.add(modificacion)
    sesion.flush()
    sesion.add_all(
        ModificacionLinea(
            modificacion_id=modificacion.id,
            orden_id=orden_id,
            linea_id=li.id,
            cantidad_antes=li.cantidad,
            cantidad=cambios[li.id][0],
            total=cambios[li.id][1],
        )
        for li in lineas
        if li.id in cambios
    )
    sesion.flush()
    _decir(sesion, modificacion, autorizacion, "modificacion.proponer")
    return modificacion


def _firmar_hasta(sesion: Session, orden: OrdenDeCompra, instante: datetime) -> datetime:
    """The term of the supplier's signature, which ends with that of the delivery at the latest."""
    lugar = unidad_por_id(sesion, orden.unidad_id).municipio_ine
    hasta = correr(sesion, "feria.firmar_modificacion", instante, [lugar]).vence_en
    assert hasta is not None
    assert orden.entregar_hasta is not None
    return min(hasta, orden.entregar_hasta)


def _cambios(
    lineas: Sequence[OrdenLinea], dichas: Sequence[LineaModificada]
) -> Mapping[UUID, tuple[Decimal, Money]]:
    """What each line will be, with its total; what is as it was is left out. Raises `DatosInvalidos`."""
    por_numero = {linea.numero: linea for linea in lineas}
    cambios: dict[UUID, tuple[Decimal, Money]] = {}
    campos: dict[str, str] = {}
    vistas: set[int] = set()
    for lugar, dicha in enumerate(dichas):
        linea, campo = por_numero.get(dicha.numero), f"lineas.{lugar}.cantidad"
        if linea is None or dicha.numero in vistas:
            campos[f"lineas.{lugar}.numero"] = _("Diga cada ítem de la orden una sola vez.")
            continue
        vistas.add(dicha.numero)
        if dicha.cantidad == linea.cantidad:
            continue
        if not cabe(dicha.cantidad, linea.unidad_medida):
            campos[campo] = _("Ítem {}: esa unidad no admite tantos decimales.").format(linea.numero)
        elif dicha.cantidad < linea.entregada:
            campos[campo] = _("Ítem {}: ya se entregó más que eso.").format(linea.numero)
        else:
            try:
                cambios[linea.id] = dicha.cantidad, total_de_linea(dicha.cantidad, linea.precio_unitario)
            except Ilegible as error:
                campos[campo] = str(error)
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)
    return cambios


def _exigir_que_cambie(sesion: Session, orden: OrdenDeCompra) -> None:
    """An order in force, in its term to deliver, with nothing delivered that waits for an answer."""
    if orden.estado != EstadoOrden.VIGENTE:
        raise OrdenNoPermite(
            _("La orden está «{}»: ya no se modifica.").format(nombre_estado_orden(orden.estado).lower())
        )
    assert orden.entregar_hasta is not None
    if ahora_bd(sesion) >= orden.entregar_hasta:
        raise ModificacionTardia(_("El plazo de entrega pasó: lo atrasado sigue atrasado."))
    if esperan_respuesta(sesion, orden):
        raise EntregasPendientes(_("Responda primero a lo que el proveedor entregó."))


def _exigir_tope(sesion: Session, convocatoria: Convocatoria, orden: OrdenDeCompra, total: Money) -> None:
    adjudicado = total_adjudicado(sesion, orden.id)
    tope = tope_de(reglas_de(convocatoria), adjudicado)
    if tope is not None and tope.confirmado and abs(total - adjudicado) > tope.monto:
        detalle = _("La norma permite cambiar hasta {} ({} % de lo adjudicado).").format(
            formato_bs(tope.monto), tope.por_ciento
        )
        raise ModificacionExcesiva(detalle, campos={"lineas": detalle})


def _exigir_certificado(sesion: Session, orden: OrdenDeCompra, total: Money) -> None:
    """An order grows while the certificate that covers its process is in force, also back to what was
    awarded; what it is more than that fits in it.
    """
    if total <= orden.total:
        return
    adjudicado = total_adjudicado(sesion, orden.id)
    de_mas = max(total, adjudicado) - max(orden.total, adjudicado)
    todo = en_total(adjudicaciones_de(sesion, orden.convocatoria_id).values())
    exigir_certificado(sesion, orden.convocatoria_id, todo + de_mas)


def firmar_modificacion(sesion: Session, actor: Actor, orden_id: UUID, numero: int) -> Modificacion:
    """The supplier signs too: from then on the order is what it says.

    Raises `ModificacionTardia`, `ModificacionNoPermite`, `EntregasPendientes`, `OrdenNoPermite`,
    `FaltaGarantia`, `CertificadoNoAlcanza`, `ConflictoDeInteres`, `ProveedorNoHabilitado`.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    modificacion = _suya(sesion, orden_id, numero)
    autorizacion = exigir_facultad(sesion, actor, orden.proveedor_id, Facultad.OFERTAR, modificacion.total)
    exigir_sin_mandato_de(sesion, actor, orden.unidad_id)
    if not habilitados(sesion, [orden.proveedor_id]):
        raise ProveedorNoHabilitado(_("Su unidad hoy no está habilitada para contratar con el Estado."))
    VIDA_MODIFICACION.exigir_paso(modificacion, EstadoModificacion.FIRMADA)
    _exigir_que_cambie(sesion, orden)
    _exigir_entregado(sesion, modificacion)
    _exigir_garantia(sesion, convocatoria, modificacion)
    _exigir_certificado(sesion, orden, modificacion.total)
    instante = _responder(sesion, modificacion, EstadoModificacion.FIRMADA, actor)
    sesion.refresh(orden)  # triggers wrote what it is now
    if all(linea.recibida == linea.cantidad for linea in lineas_frescas(sesion, orden_id)):
        dar_por_recibida(sesion, orden, instante)
    convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["contractAmendment"], instante)
    _decir(sesion, modificacion, autorizacion, "modificacion.firmar")
    return modificacion


def _exigir_entregado(sesion: Session, modificacion: Modificacion) -> None:
    """What was delivered meanwhile is not taken back."""
    entregado = {li.id: li.entregada for li in lineas_de_orden(sesion, modificacion.orden_id)}
    if any(li.cantidad < entregado[li.linea_id] for li in lineas_de_modificacion(sesion, modificacion.id)):
        raise OrdenNoPermite(_("Ya se entregó más de lo que dice: la entidad tiene que proponer otra."))


def _exigir_garantia(sesion: Session, convocatoria: Convocatoria, modificacion: Modificacion) -> None:
    """What grows is guaranteed, where a confirmed rule asks for a guarantee of fulfilment."""
    if modificacion.total <= modificacion.total_antes:
        return
    pide = lo_que_falta(sesion, convocatoria, modificacion.orden_id, modificacion.total)
    if pide is not None:
        detalle = _("Antes entregue a la entidad garantías de cumplimiento por {} o más ({} % del total).")
        raise FaltaGarantia(detalle.format(formato_bs(pide.monto), pide.por))


def rechazar_modificacion(sesion: Session, actor: Actor, orden_id: UUID, numero: int) -> Modificacion:
    """The supplier does not sign: the order stays as it is.

    Raises `ModificacionTardia`, `ModificacionNoPermite`.
    """
    _convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.proveedor_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    modificacion = _suya(sesion, orden_id, numero)
    _responder(sesion, modificacion, EstadoModificacion.RECHAZADA, actor)
    _no_rige(sesion, modificacion)
    _decir(sesion, modificacion, autorizacion, "modificacion.rechazar")
    return modificacion


def retirar_modificacion(sesion: Session, actor: Actor, orden_id: UUID, numero: int) -> Modificacion:
    """The entity takes back what it proposed and nobody signed yet: the order stays as it is.

    Raises `ModificacionTardia`, `ModificacionNoPermite`.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    exigir_papel(sesion, actor, convocatoria, ORDENAR)
    modificacion = _suya(sesion, orden_id, numero)
    _responder(sesion, modificacion, EstadoModificacion.RETIRADA, actor)
    _no_rige(sesion, modificacion)
    _decir(sesion, modificacion, autorizacion, "modificacion.retirar")
    return modificacion


def vencer_modificacion(sesion: Session, modificacion_id: UUID) -> bool:
    """One that was not signed in its term changes nothing; False when there is nothing to do."""
    vista = sesion.get_one(Modificacion, modificacion_id)
    bloquear_orden(sesion, vista.orden_id)
    modificacion = _suya(sesion, vista.orden_id, vista.numero)
    instante = ahora_bd(sesion)
    if modificacion.estado != EstadoModificacion.PROPUESTA or instante < modificacion.firmar_hasta:
        return False
    sistema = Actor.sistema("plazo para firmar la modificación")
    modificacion.respondida_en, modificacion.respondida_por = instante, sistema.nombre
    VIDA_MODIFICACION.pasar(modificacion, EstadoModificacion.VENCIDA)
    sesion.flush()
    _no_rige(sesion, modificacion)
    _decir(sesion, modificacion, Autorizacion.propia(sistema), "modificacion.vencer")
    return True


def _suya(sesion: Session, orden_id: UUID, numero: int) -> Modificacion:
    """A modification of a locked order, as it is now."""
    for modificacion in modificaciones_de(sesion, orden_id):
        if modificacion.numero == numero:
            sesion.refresh(modificacion)
            return modificacion
    raise ModificacionNoEncontrada


def _responder(
    sesion: Session, modificacion: Modificacion, como: EstadoModificacion, actor: Actor
) -> datetime:
    VIDA_MODIFICACION.exigir_paso(modificacion, como)
    instante = ahora_bd(sesion)
    if instante >= modificacion.firmar_hasta:
        raise ModificacionTardia(_("El plazo para firmarla terminó: la orden queda como estaba."))
    modificacion.respondida_en, modificacion.respondida_por = instante, actor.nombre
    VIDA_MODIFICACION.pasar(modificacion, como)
    sesion.flush()
    return instante


def _no_rige(sesion: Session, modificacion: Modificacion) -> None:
    """Who proposed that it grows has that amount back."""
    if modificacion.total > modificacion.total_antes:
        devolver_compromiso(sesion, modificacion.id)


def _decir(sesion: Session, modificacion: Modificacion, quien: Autorizacion, accion: str) -> None:
    dicho = {"orden_id": str(modificacion.orden_id), "estado": str(modificacion.estado)}
    publicar(sesion, eventos.MODIFICACION_CAMBIO, modificacion.id, dicho, quien)
    hechos = {"modificacion": modificacion.numero, "total_centavos": a_centavos(modificacion.total)}
    auditar(sesion, quien, accion, OBJETO, modificacion.id, hechos | {"dias": modificacion.dias})
    sesion.flush()
