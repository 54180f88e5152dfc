"""What it costs to send something: all that carry it compared, or one of them held for some days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from empresa_digital.registro import Habilitacion, con_habilitacion, lugares, nombres_de_unidades
from envios.tarifas.calcular import calcular
from envios.tarifas.consultas import Alcance, alcance, en_vigor
from envios.tarifas.errores import CotizacionInexistente, CotizacionVencida, SinOferta
from envios.tarifas.modelos import Cotizacion, Tarifario
from envios.tarifas.palabras import negativa_en_palabras
from envios.tarifas.prometer import prometer
from envios.tarifas.valores import (
    Bulto,
    Cargos,
    Condiciones,
    CotizacionGuardada,
    Medidas,
    Negativa,
    Oferta,
    Promesa,
    Razon,
    medidas_de,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.plazos import CalendarioSinPublicar, calendario
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

SE_SOSTIENE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pedido:
    """What is asked: from where to where (INE codes of municipalities), what, and of whom (None: of all)."""

    origen_ine: str
    destino_ine: str
    bulto: Bulto
    servicio: str | None = None
    operador_unidad_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Comparacion:
    """Who carries it, cheapest first, and who does not and why."""

    pedido: Pedido
    en: datetime
    ofertas: tuple[Oferta, ...]
    negativas: tuple[tuple[str, Negativa], ...]
    """The operator by name, and why not."""


def comparar(sesion: Session, pedido: Pedido) -> Comparacion:
    """All the operators with rates in force, in a fixed number of statements. Raises `DatosInvalidos`."""
    _exigir_lugares(sesion, pedido)
    ahora = ahora_bd(sesion)
    tarifarios = vigentes(sesion, ahora, pedido.operador_unidad_id)
    hallado = alcance(sesion, tarifarios, pedido.origen_ine, pedido.destino_ine)
    nombres = nombres_de_unidades(sesion, [t.operador_unidad_id for t in tarifarios])
    ofertas: list[Oferta] = []
    negativas = list(_sin_condiciones(hallado, pedido))
    for condiciones in hallado.condiciones:
        if pedido.servicio not in (None, condiciones.servicio):
            continue
        cargos = calcular(condiciones, pedido.bulto)
        if isinstance(cargos, Negativa):
            negativas.append(cargos)
        else:
            promesa = _promesa(sesion, condiciones, pedido, ahora)
            operador = nombres[condiciones.operador_unidad_id]
            ofertas.append(Oferta(condiciones, pedido.bulto, cargos, promesa, operador))
    ofertas.sort(key=_orden)
    con_nombre = ((nombres[n.operador_unidad_id], n) for n in negativas if n.operador_unidad_id)
    return Comparacion(pedido, ahora, tuple(ofertas), tuple(sorted(con_nombre, key=_por_nombre)))


def _orden(oferta: Oferta) -> tuple[object, ...]:
    llega = oferta.promesa.entrega_el if oferta.promesa else date.max
    return oferta.cargos.total, llega, oferta.operador, oferta.condiciones.servicio


def _por_nombre(negativa: tuple[str, Negativa]) -> tuple[str, str]:
    return negativa[0], negativa[1].servicio


def _exigir_lugares(sesion: Session, pedido: Pedido) -> None:
    hallados = lugares(sesion, [pedido.origen_ine, pedido.destino_ine])
    faltan = {"origen": pedido.origen_ine, "destino": pedido.destino_ine}
    campos = {
        campo: _("Elija un municipio de la lista.") for campo, ine in faltan.items() if ine not in hallados
    }
    if campos:
        raise DatosInvalidos(_("Elija de dónde a dónde se envía."), campos=campos)


def vigentes(
    sesion: Session,
    instante: datetime | ColumnElement[datetime],
    operador_unidad_id: UUID | None = None,
) -> list[Tarifario]:
    """Those in force of the operators that may operate today."""
    consulta = select(Tarifario).where(*en_vigor(instante))
    if operador_unidad_id is not None:
        consulta = consulta.where(col(Tarifario.operador_unidad_id) == operador_unidad_id)
    todos = sesion.exec(consulta.order_by(col(Tarifario.id))).all()
    operan = con_habilitacion(sesion, [t.operador_unidad_id for t in todos], Habilitacion.OPERADOR_POSTAL)
    return [t for t in todos if t.operador_unidad_id in operan]


def _sin_condiciones(hallado: Alcance, pedido: Pedido) -> Sequence[Negativa]:
    """Those that do not go from here to there, or not with the service that is asked for."""
    negativas = []
    con_ruta = {c.tarifario_id for c in hallado.condiciones}
    con_servicio = {c.tarifario_id for c in hallado.condiciones if pedido.servicio in (None, c.servicio)}
    for tarifario in hallado.tarifarios.values():
        if tarifario.id not in hallado.origenes:
            razon = Razon.SIN_ORIGEN
        elif tarifario.id not in hallado.destinos:
            razon = Razon.SIN_DESTINO
        elif tarifario.id not in con_ruta:
            razon = Razon.SIN_RUTA
        elif tarifario.id not in con_servicio:
            razon = Razon.SIN_SERVICIO
        else:
            continue
        negativas.append(Negativa(razon, operador_unidad_id=tarifario.operador_unidad_id))
    return negativas


def _promesa(sesion: Session, condiciones: Condiciones, pedido: Pedido, instante: datetime) -> Promesa | None:
    """None when the holidays of that year are not published: nobody guesses them."""
    try:
        return prometer(
            calendario(sesion),
            instante,
            origen_ine=pedido.origen_ine,
            destino_ine=pedido.destino_ine,
            dias=condiciones.dias,
            corte=condiciones.corte,
            reparte=condiciones.reparte,
        )
    except CalendarioSinPublicar:
        return None


# --- Held ------------------------------------------------------------------------------------------------


def cotizar(sesion: Session, actor: Actor, pedido: Pedido, *, id: UUID) -> Cotizacion:
    """Keep what an operator asks for today: for seven days it is held, whatever it publishes meanwhile.

    `pedido` names the operator and the service. Raises `SinOferta` (why), `DatosInvalidos`.
    """
    assert pedido.operador_unidad_id is not None
    assert pedido.servicio is not None
    comparacion = comparar(sesion, pedido)
    oferta = unica_oferta(comparacion)
    cotizacion = Cotizacion(
        id=id,
        tarifario_id=oferta.condiciones.tarifario_id,
        operador_unidad_id=pedido.operador_unidad_id,
        servicio=pedido.servicio,
        origen_ine=pedido.origen_ine,
        destino_ine=pedido.destino_ine,
        entrega_el=oferta.promesa.entrega_el if oferta.promesa else None,
        ofrecida_en=comparacion.en,
        vence_en=comparacion.en + SE_SOSTIENE,
        pedida_por=actor.clave,
        **_del_bulto(pedido.bulto),
        **cargos_en_columnas(oferta.cargos),
    )
    sesion.add(cotizacion)
    sesion.flush()
    hechos = {"tarifario": str(cotizacion.tarifario_id), "servicio": cotizacion.servicio}
    auditar(sesion, actor, "envio.cotizar", "envios_cotizacion", cotizacion.id, hechos)
    return cotizacion


def cotizacion_sin_recojo(sesion: Session, autorizacion: Autorizacion, cotizacion: Cotizacion) -> Cotizacion:
    """The same quote, held as long, without its collection at the door: nobody came."""
    nueva = Cotizacion(
        **{c: getattr(cotizacion, c) for c in Cotizacion.model_fields}
        | {
            "id": nuevo_id(),
            "recojo": False,
            "cargo_recojo": cero(),
            "total": cotizacion.total - cotizacion.cargo_recojo,
        }
    )
    sesion.add(nueva)
    sesion.flush()
    hechos = {"antes": str(cotizacion.id), "recojo": a_centavos(cotizacion.cargo_recojo)}
    auditar(sesion, autorizacion, "envio.cotizar_sin_recojo", "envios_cotizacion", nueva.id, hechos)
    return nueva


def unica_oferta(comparacion: Comparacion) -> Oferta:
    """What was asked of one operator and one of its services. Raises `SinOferta` (why)."""
    if not comparacion.ofertas:
        raise _sin_oferta(comparacion)
    (oferta,) = comparacion.ofertas
    return oferta


def _sin_oferta(comparacion: Comparacion) -> SinOferta:
    if comparacion.negativas:
        negativa = comparacion.negativas[0][1]
        return SinOferta(negativa_en_palabras(negativa), razon=negativa.razon.value)
    return SinOferta(_("Ese operador no tiene tarifas en vigor."), razon="sin_tarifas")


def _del_bulto(bulto: Bulto) -> dict[str, Any]:
    medidas = bulto.medidas
    return {
        "peso_g": bulto.peso_g,
        "largo_cm": medidas and medidas.largo_cm,
        "ancho_cm": medidas and medidas.ancho_cm,
        "alto_cm": medidas and medidas.alto_cm,
        "valor_declarado": bulto.valor_declarado,
        "contra_entrega": bulto.contra_entrega,
        "recojo": bulto.recojo,
    }


def cargos_en_columnas(cargos: Cargos) -> dict[str, Any]:
    """As a row of a kept quote has them."""
    nombres = ("base", "peso", "lejania", "seguro", "contra_entrega", "recojo")
    return {
        "peso_facturado_g": cargos.peso_facturado_g,
        **{f"cargo_{nombre}": getattr(cargos, nombre) for nombre in nombres},
        "total": cargos.total,
    }


def cotizacion_de(sesion: Session, actor: Actor, cotizacion_id: UUID) -> Cotizacion:
    """A kept quote, for who asked for it. Raises `CotizacionInexistente`."""
    cotizacion = sesion.get(Cotizacion, cotizacion_id)
    if cotizacion is None or cotizacion.pedida_por != actor.clave:
        raise CotizacionInexistente()
    return cotizacion


def bulto_de(cotizacion: Cotizacion) -> Bulto:
    return Bulto(
        cotizacion.peso_g,
        medidas_de(cotizacion.largo_cm, cotizacion.ancho_cm, cotizacion.alto_cm),
        cotizacion.valor_declarado,
        cotizacion.contra_entrega,
        cotizacion.recojo,
    )


def oferta_de(sesion: Session, cotizacion: Cotizacion) -> Oferta | Negativa:
    """The same quote computed again from the rates that it cites, which do not change."""
    return recalcular(sesion, cotizacion, bulto_de(cotizacion))


def recalcular(
    sesion: Session, cotizacion: Cotizacion, bulto: Bulto, en: datetime | None = None
) -> Oferta | Negativa:
    """What another parcel (as it was measured) costs by the rates of a quote, on its route; its date counts
    from when it was quoted, or from `en`.
    """
    tarifario = sesion.get_one(Tarifario, cotizacion.tarifario_id)
    hallado = alcance(sesion, [tarifario], cotizacion.origen_ine, cotizacion.destino_ine)
    condiciones = next(c for c in hallado.condiciones if c.servicio == cotizacion.servicio)
    cargos = calcular(condiciones, bulto)
    if isinstance(cargos, Negativa):
        return replace(cargos, operador_unidad_id=cotizacion.operador_unidad_id)
    pedido = Pedido(cotizacion.origen_ine, cotizacion.destino_ine, bulto)
    promesa = _promesa(sesion, condiciones, pedido, en or cotizacion.ofrecida_en)
    return Oferta(condiciones, bulto, cargos, promesa)


def precio_medido(
    sesion: Session, cotizacion_id: UUID, peso_g: int, medidas: Medidas | None, *, con_recojo: bool = True
) -> Money:
    """What the parcel of a kept quote costs as it was measured, by the same rates; without sizes, by those
    that were quoted; without its collection, when nobody came. Raises `CotizacionInexistente`, `SinOferta`
    (such a parcel is not carried)."""
    cotizacion = sesion.get(Cotizacion, cotizacion_id)
    if cotizacion is None:
        raise CotizacionInexistente()
    bulto = bulto_de(cotizacion)
    medido = replace(
        bulto, peso_g=peso_g, medidas=medidas or bulto.medidas, recojo=bulto.recojo and con_recojo
    )
    hallada = recalcular(sesion, cotizacion, medido)
    if isinstance(hallada, Negativa):
        raise SinOferta(negativa_en_palabras(hallada), razon=hallada.razon.value)
    return hallada.cargos.total


def cotizacion_vigente(sesion: Session, cotizacion_id: UUID) -> CotizacionGuardada:
    """A kept quote, for who announces or admits by it: what was quoted is held.

    Raises `CotizacionInexistente`, and `CotizacionVencida` after its last instant.
    """
    cotizacion = cotizacion_guardada(sesion, cotizacion_id)
    if ahora_bd(sesion) > cotizacion.vence_en:
        raise CotizacionVencida(_("Pida otra: el precio pudo cambiar."))
    return cotizacion


def cotizacion_guardada(sesion: Session, cotizacion_id: UUID) -> CotizacionGuardada:
    """A kept quote, whether or not it still holds. Raises `CotizacionInexistente`."""
    cotizacion = sesion.get(Cotizacion, cotizacion_id)
    if cotizacion is None:
        raise CotizacionInexistente()
    return CotizacionGuardada(
        id=cotizacion.id,
        operador_unidad_id=cotizacion.operador_unidad_id,
        servicio=cotizacion.servicio,
        origen_ine=cotizacion.origen_ine,
        destino_ine=cotizacion.destino_ine,
        bulto=bulto_de(cotizacion),
        total=cotizacion.total,
        entrega_el=cotizacion.entrega_el,
        vence_en=cotizacion.vence_en,
    )
