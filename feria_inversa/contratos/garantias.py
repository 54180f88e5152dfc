"""What answers for an order: a guarantee that its supplier brings and its entity writes down.

How much the norm asks for are values of the rules that the process was born with. One that is confirmed is
demanded; one in doubt is shown to who writes it, and stops nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos import eventos
from feria_inversa.contratos.bloqueos import bloquear_orden
from feria_inversa.contratos.consultas import garantias_de
from feria_inversa.contratos.errores import (
    GarantiaInsuficiente,
    GarantiaNoEncontrada,
    GarantiaNoPermite,
    OrdenNoPermite,
)
from feria_inversa.contratos.esquemas import GarantiaEntrada
from feria_inversa.contratos.estados import (
    ORDENES_CAIDAS,
    VIDA_GARANTIA,
    VIDA_ORDEN,
    ClaseDeGarantia,
    EstadoGarantia,
    EstadoOrden,
    nombre_estado_orden,
)
from feria_inversa.contratos.modelos import GARANTIAS_MAXIMAS, Garantia, OrdenDeCompra
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.papeles import ORDENAR, exigir_papel
from feria_inversa.precios import sumar
from feria_inversa.procesos import exigir_motivo, reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import Clave, Reglas
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, de_centavos, formato_bs, redondear
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import fin_del_dia, inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

OBJETO = "feria_garantia"
AVISO_DIAS = 15
"""How long before its last day both parties are told that a guarantee ends: a courtesy of ours, no term of a
norm (those are dated values of the modality). The guard in the database says the same number.
"""
DIAS_DE_MAS = 731
"""How long after the order is to be delivered a guarantee may answer: more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Exigencia:
    """What a rule says of a guarantee: `minimo` or `maximo`. `confirmada`: it was read in the norm."""

    monto: Money
    minimo: bool
    por: str
    confirmada: bool
    fuente: str


def exigencia_de(reglas: Reglas | None, clase: str, total: Money, *, mype: bool = False) -> Exigencia | None:
    """Of an order of such a total: how much its guarantee is at least (of an advance, at most)."""
    anticipo = clase == ClaseDeGarantia.ANTICIPO
    if clase == ClaseDeGarantia.CUMPLIMIENTO:
        de_mype = mype and reglas is not None and Clave.GARANTIA_MYPE in reglas.valores
        clave = Clave.GARANTIA_MYPE if de_mype else Clave.GARANTIA_POR_MIL
    elif anticipo:
        clave = Clave.ANTICIPO_TOPE
    else:
        return None
    valor = reglas.valores.get(clave) if reglas is not None else None
    if valor is None:
        return None
    por_ciento = Decimal(valor.valor) if anticipo else Decimal(valor.valor) / 10
    monto = redondear(total.amount * por_ciento / 100)
    dicho = f"{por_ciento.normalize():f}".replace(".", ",")
    return Exigencia(monto, not anticipo, dicho, valor.confirmado, valor.fuente)


def falta_garantia(sesion: Session, convocatoria: Convocatoria, orden: OrdenDeCompra) -> bool:
    """Whether a confirmed rule asks for more of fulfilment than what answers for an order."""
    return lo_que_falta(sesion, convocatoria, orden.id, orden.total) is not None


def lo_que_falta(
    sesion: Session, convocatoria: Convocatoria, orden_id: UUID, total: Money
) -> Exigencia | None:
    """What a confirmed rule asks of fulfilment of an order of such a total, if those that answer for it today
    do not add up to it.
    """
    reglas = reglas_de(convocatoria)
    if reglas is None or not reglas.exige(Clave.GARANTIA_POR_MIL):
        return None
    responden = _responden(sesion, orden_id)
    mype = bool(responden) and all(g.mype for g in responden)
    pide = exigencia_de(reglas, ClaseDeGarantia.CUMPLIMIENTO, total, mype=mype)
    assert pide is not None
    return pide if sumar(g.monto for g in responden) < pide.monto else None


def _responden(sesion: Session, orden_id: UUID) -> list[Garantia]:
    """Those of fulfilment that answer for an order today."""
    instante = ahora_bd(sesion)
    return [
        g
        for g in garantias_de(sesion, orden_id)
        if (g.clase, g.estado) == (ClaseDeGarantia.CUMPLIMIENTO, EstadoGarantia.VIGENTE)
        and inicio_del_dia(g.desde) <= instante <= g.vence_en
    ]


def solo_dicha(sesion: Session, orden: OrdenDeCompra) -> bool:
    """Whether the supplier said that they brought it and the entity wrote none of fulfilment down."""
    return orden.garantia_dicha_en is not None and not any(
        g.clase == ClaseDeGarantia.CUMPLIMIENTO and g.estado != EstadoGarantia.ANULADA
        for g in garantias_de(sesion, orden.id)
    )


def registrar_garantia(
    sesion: Session, actor: Actor, orden_id: UUID, datos: GarantiaEntrada, id_: UUID | None = None
) -> Garantia:
    """Write down a guarantee that the supplier brought, that adds to others or renews one. The same `id_`
    again is the same one.

    Raises `GarantiaInsuficiente`, `GarantiaNoPermite`, `OrdenNoPermite`, `DatosInvalidos`.
    """
    convocatoria, orden, autorizacion = _de_la_entidad(sesion, actor, orden_id)
    if id_ is not None and (previa := sesion.get(Garantia, id_)) is not None:
        if previa.orden_id != orden_id:
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return previa
    suyas = garantias_de(sesion, orden_id)
    renovada = _renovada(suyas, datos)
    if orden.estado in VIDA_ORDEN.fines:
        raise OrdenNoPermite(
            _("La orden está «{}»: ya no hay qué garantizar.").format(
                nombre_estado_orden(orden.estado).lower()
            )
        )
    if len(suyas) >= GARANTIAS_MAXIMAS:
        raise OrdenNoPermite(_("De una orden se anotan hasta {} garantías.").format(GARANTIAS_MAXIMAS))
    hoy = fecha_bolivia(ahora_bd(sesion))
    otras = [g for g in _responden(sesion, orden_id) if renovada is None or g.id != renovada.id]
    _exigir_datos(convocatoria, orden, datos, hoy, otras)
    garantia = Garantia(
        id=id_ or nuevo_id(),
        orden_id=orden_id,
        numero=len(suyas) + 1,
        renueva_a=renovada.id if renovada else None,
        registrada_en=ahora_bd(sesion),
        registrada_por=actor.nombre,
        avisar_en=inicio_del_dia(max(datos.hasta - timedelta(days=AVISO_DIAS), datos.desde)),
        vence_en=fin_del_dia(datos.hasta),
        **datos.model_dump(exclude={"renueva_a", "monto", "id"}),
        monto=datos.monto,
    )
    sesion.add(garantia)
    sesion.flush()
    if renovada is not None and garantia.desde <= hoy:
        _terminar(sesion, renovada, EstadoGarantia.RENOVADA, autorizacion)
    hechos = {"garantia": garantia.numero, "clase": garantia.clase, "monto_centavos": a_centavos(datos.monto)}
    _contar(sesion, convocatoria, garantia, autorizacion, "garantia.registrar", hechos)
    return garantia


def _de_la_entidad(
    sesion: Session, actor: Actor, orden_id: UUID
) -> tuple[Convocatoria, OrdenDeCompra, Autorizacion]:
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    exigir_papel(sesion, actor, convocatoria, ORDENAR)
    exigir_sin_conflicto_al_decidir(sesion, actor, [orden.proveedor_id])
    return convocatoria, orden, autorizacion


def _renovada(suyas: Sequence[Garantia], datos: GarantiaEntrada) -> Garantia | None:
    """The one that it renews: of the same class, still in force, which ends no later and leaves no gap."""
    if datos.renueva_a is None:
        return None
    vieja = next((g for g in suyas if g.numero == datos.renueva_a), None)
    if vieja is None:
        raise GarantiaNoEncontrada
    VIDA_GARANTIA.exigir_paso(vieja, EstadoGarantia.RENOVADA)
    if renovacion_de(suyas, vieja) is not None:
        raise GarantiaNoPermite(_("Ya hay otra que la renueva."))
    detalle = ""
    if datos.desde > vieja.hasta + timedelta(days=1):
        detalle = _("Entre las dos quedarían días sin garantía: la que renueva responde hasta el {}.")
        raise DatosInvalidos(
            detalle.format(filtro_fecha(vieja.hasta)),
            campos={"desde": detalle.format(filtro_fecha(vieja.hasta))},
        )
    if vieja.clase != datos.clase:
        detalle = _("Renueva una garantía de otra clase.")
    elif datos.hasta < vieja.hasta:
        detalle = _("Una renovación no termina antes que la que renueva.")
    if detalle:
        raise DatosInvalidos(detalle, campos={"renueva_a": detalle})
    return vieja


def renovacion_de(suyas: Sequence[Garantia], vieja: Garantia) -> Garantia | None:
    """The one, of those of its order, that renews it; it may not have begun."""
    return next(
        (g for g in suyas if g.renueva_a == vieja.id and g.estado != EstadoGarantia.ANULADA),
        None,
    )


def _exigir_datos(
    convocatoria: Convocatoria,
    orden: OrdenDeCompra,
    datos: GarantiaEntrada,
    hoy: date,
    otras: Sequence[Garantia],
) -> None:
    """`otras`: those of fulfilment to which one of them adds."""
    if datos.hasta < max(datos.desde, hoy):
        detalle = _("Ya terminó: anote una que rija desde hoy.")
        raise DatosInvalidos(detalle, campos={"hasta": detalle})
    ultimo = max(hoy, _se_entrega(orden)) + timedelta(days=DIAS_DE_MAS)
    if datos.hasta > ultimo:
        detalle = _("Revise el año: de esta orden responde como máximo hasta el {}.")
        detalle = detalle.format(filtro_fecha(ultimo))
        raise DatosInvalidos(detalle, campos={"hasta": detalle})
    reglas = reglas_de(convocatoria)
    mype = datos.mype and all(g.mype for g in otras)
    pide = exigencia_de(reglas, datos.clase, orden.total, mype=mype)
    suman = datos.monto + sumar(g.monto for g in otras)
    if pide is not None and pide.minimo and suman < pide.monto and _se_exige(reglas, pide):
        detalle = _("La norma pide al menos {} ({} % de la orden), contando las que ya rigen.")
        detalle = detalle.format(formato_bs(pide.monto), pide.por)
        raise GarantiaInsuficiente(detalle, campos={"monto": detalle})
    if datos.clase == ClaseDeGarantia.SERIEDAD and reglas is not None and reglas.exige(Clave.MONTO_SERIEDAD):
        desde = de_centavos(reglas.valores[Clave.MONTO_SERIEDAD].valor)
        if convocatoria.monto_referencial <= desde:
            detalle = _("La seriedad se garantiza en procesos de más de {}.").format(formato_bs(desde))
            raise GarantiaInsuficiente(detalle, campos={"clase": detalle})


def _se_exige(reglas: Reglas | None, pide: Exigencia) -> bool:
    """Who says that they are small does not owe less than what is confirmed by saying it."""
    return pide.confirmada or (reglas is not None and reglas.exige(Clave.GARANTIA_POR_MIL))


def _se_entrega(orden: OrdenDeCompra) -> date:
    """The last day to deliver: of an order that waits for its supplier, if it is accepted on the last one."""
    if orden.entregar_hasta is not None:
        return fecha_bolivia(orden.entregar_hasta)
    return fecha_bolivia(orden.aceptar_hasta) + timedelta(days=orden.plazo_dias)


def devolver_garantia(sesion: Session, actor: Actor, orden_id: UUID, numero: int) -> Garantia:
    """The entity gives it back: one of fulfilment, once the order ended or was received.

    Raises `GarantiaNoPermite`.
    """
    convocatoria, orden, autorizacion = _de_la_entidad(sesion, actor, orden_id)
    garantia = _suya(sesion, orden_id, numero)
    VIDA_GARANTIA.exigir_paso(garantia, EstadoGarantia.DEVUELTA)
    if garantia.clase == ClaseDeGarantia.CUMPLIMIENTO and orden.estado in {
        EstadoOrden.POR_ACEPTAR,
        EstadoOrden.VIGENTE,
    }:
        raise GarantiaNoPermite(_("Se devuelve cuando la orden terminó o se recibió del todo."))
    _terminar(sesion, garantia, EstadoGarantia.DEVUELTA, autorizacion)
    hechos = {"garantia": garantia.numero}
    _contar(sesion, convocatoria, garantia, autorizacion, "garantia.devolver", hechos)
    return garantia


def ejecutar_garantia(sesion: Session, actor: Actor, orden_id: UUID, numero: int, motivo: str) -> Garantia:
    """The entity claims it from who issued it, for a public reason: one of fulfilment, of an order that was
    cut short. Raises `GarantiaNoPermite`, `FaltaMotivo`.
    """
    convocatoria, orden, autorizacion = _de_la_entidad(sesion, actor, orden_id)
    motivo = exigir_motivo(motivo)
    garantia = _suya(sesion, orden_id, numero)
    VIDA_GARANTIA.exigir_paso(garantia, EstadoGarantia.EJECUTADA)
    instante = ahora_bd(sesion)
    if instante > garantia.vence_en:
        raise GarantiaNoPermite(_("Ya venció: quien la emitió no responde por ella."))
    if instante < inicio_del_dia(garantia.desde):
        raise GarantiaNoPermite(
            _("Todavía no responde: rige desde el {}.").format(filtro_fecha(garantia.desde))
        )
    if garantia.clase == ClaseDeGarantia.CUMPLIMIENTO and orden.cortada_en is None:
        raise GarantiaNoPermite(_("Se ejecuta cuando la orden se resolvió por incumplimiento."))
    if garantia.clase == ClaseDeGarantia.SERIEDAD and orden.estado not in ORDENES_CAIDAS:
        raise GarantiaNoPermite(_("Se ejecuta cuando quien ganó no aceptó la orden."))
    garantia.motivo = motivo
    _terminar(sesion, garantia, EstadoGarantia.EJECUTADA, autorizacion)
    hechos = {"garantia": garantia.numero, "motivo": motivo}
    _contar(sesion, convocatoria, garantia, autorizacion, "garantia.ejecutar", hechos)
    return garantia


def anular_garantia(sesion: Session, actor: Actor, orden_id: UUID, numero: int, motivo: str) -> Garantia:
    """What was written down by mistake, whatever its order is, for a public reason.

    Raises `GarantiaNoPermite`, `FaltaMotivo`.
    """
    convocatoria, _orden, autorizacion = _de_la_entidad(sesion, actor, orden_id)
    motivo = exigir_motivo(motivo)
    garantia = _suya(sesion, orden_id, numero)
    VIDA_GARANTIA.exigir_paso(garantia, EstadoGarantia.ANULADA)
    garantia.motivo = motivo
    _terminar(sesion, garantia, EstadoGarantia.ANULADA, autorizacion)
    hechos = {"garantia": garantia.numero, "motivo": motivo}
    _contar(sesion, convocatoria, garantia, autorizacion, "garantia.anular", hechos)
    return garantia


def vencer_garantia(sesion: Session, garantia_id: UUID) -> bool:
    """One whose last day passed answers for nothing more, nor one whose renewal began; False when there is
    nothing to do.
    """
    vista = sesion.get_one(Garantia, garantia_id)
    convocatoria, orden = bloquear_orden(sesion, vista.orden_id)
    garantia, instante = _suya(sesion, orden.id, vista.numero), ahora_bd(sesion)
    if garantia.estado != EstadoGarantia.VIGENTE:
        return False
    if _sigue_otra(sesion, garantia, instante):
        como, accion = EstadoGarantia.RENOVADA, "garantia.renovar"
    elif instante > garantia.vence_en:
        como, accion = EstadoGarantia.VENCIDA, "garantia.vencer"
    else:
        return False
    sistema = Autorizacion.propia(Actor.sistema("último día de la garantía"))
    _terminar(sesion, garantia, como, sistema)
    _contar(sesion, convocatoria, garantia, sistema, accion, {"garantia": garantia.numero})
    return True


def _sigue_otra(sesion: Session, garantia: Garantia, instante: datetime) -> bool:
    otra = renovacion_de(garantias_de(sesion, garantia.orden_id), garantia)
    return otra is not None and inicio_del_dia(otra.desde) <= instante


def avisar_garantia(sesion: Session, garantia_id: UUID) -> bool:
    """Both parties are told, once, that it is about to end; False when there is nothing to do."""
    vista = sesion.get_one(Garantia, garantia_id)
    _convocatoria, orden = bloquear_orden(sesion, vista.orden_id)
    garantia = _suya(sesion, orden.id, vista.numero)
    instante = ahora_bd(sesion)
    pendiente = garantia.estado == EstadoGarantia.VIGENTE and garantia.avisada_en is None
    pendiente = pendiente and renovacion_de(garantias_de(sesion, orden.id), garantia) is None
    if not pendiente or instante < garantia.avisar_en:
        return False
    garantia.avisada_en = instante
    sesion.flush()
    sistema = Autorizacion.propia(Actor.sistema("aviso de una garantía que termina"))
    publicar(sesion, eventos.GARANTIA_POR_VENCER, garantia.id, {"orden_id": str(orden.id)}, sistema)
    auditar(sesion, sistema, "garantia.avisar", OBJETO, garantia.id, {"garantia": garantia.numero})
    sesion.flush()
    return True


def _suya(sesion: Session, orden_id: UUID, numero: int) -> Garantia:
    """A guarantee of a locked order, as it is now."""
    for garantia in garantias_de(sesion, orden_id):
        if garantia.numero == numero:
            sesion.refresh(garantia)
            return garantia
    raise GarantiaNoEncontrada


def _terminar(sesion: Session, garantia: Garantia, como: EstadoGarantia, quien: Autorizacion) -> None:
    garantia.terminada_en, garantia.terminada_por = ahora_bd(sesion), quien.actor.nombre
    VIDA_GARANTIA.pasar(garantia, como)
    sesion.flush()


def _contar(
    sesion: Session,
    convocatoria: Convocatoria,
    garantia: Garantia,
    quien: Autorizacion,
    accion: str,
    hechos: Mapping[str, object],
) -> None:
    """The act is published, told and audited."""
    convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["contractUpdate"], ahora_bd(sesion))
    dicho = {"orden_id": str(garantia.orden_id), "estado": str(garantia.estado)}
    publicar(sesion, eventos.GARANTIA_CAMBIO, garantia.id, dicho, quien)
    auditar(sesion, quien, accion, OBJETO, garantia.id, hechos)
    sesion.flush()
