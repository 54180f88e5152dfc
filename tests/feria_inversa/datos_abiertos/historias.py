"""Processes from their call to their end, by every act that open data tell; each returns its ocid."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import (
    EntregaEntrada,
    LineaDeEntrega,
    LineaModificada,
    ModificacionEntrada,
    PagoEntrada,
    RecepcionEntrada,
)
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.modificaciones import firmar_modificacion, proponer_modificacion
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.tareas import abandonar_ordenes
from feria_inversa.designaciones.designar import Nombramiento, designar_en_proceso
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.causas import Causa
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada, RevisadaEntrada
from feria_inversa.evaluacion.informar import informar
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.papeles.tipos import Papel
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.preguntas.preguntar import preguntar, responder
from feria_inversa.procesos.convocatorias import (
    cancelar_convocatoria,
    crear_borrador,
    publicar_convocatoria,
)
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, EnmiendaEntrada
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.versiones import ampliar, enmendar, reanudar_recepcion, suspender
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import ITEMS, SUCRE, Feria, item
from tests.feria_inversa.plan.ayudas import cambia, lineas, publicado
from tests.feria_inversa.subasta.ayudas import en_subasta, puja, terminar

BAJOS: list[str | None] = ["430.00", "680.00"]
ALTOS: list[str | None] = ["440.00", "690.00"]
LOTES_DE_ITEMS = [("Silla", 1), ("Mesa", 1), ("Cuaderno", 2), ("Libro", 3)]


def contratada(feria: Feria, reloj: Any) -> str:
    """A process with two winners, up to its purchase orders; returns its ocid."""
    convocatoria = feria.publicada()
    de_ana = feria.ofertar(feria.ana, convocatoria.id, ["440.00", "700.10"])
    de_beto = feria.ofertar(feria.beto, convocatoria.id, ["430.25", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, convocatoria.id)
    pupitre, pizarra = feria.items(convocatoria.id)
    with transaccion() as sesion:
        adjudicar(
            sesion,
            feria.entidad.actor,
            convocatoria.id,
            [
                DecisionEntrada(item_id=pupitre.id, oferta_id=de_beto),
                DecisionEntrada(item_id=pizarra.id, oferta_id=de_ana),
            ],
        )
    with transaccion() as sesion:
        emitir_ordenes(sesion, feria.entidad.actor, convocatoria.id)
    assert convocatoria.ocid
    return convocatoria.ocid


def ejecutada(feria: Feria, reloj: Any) -> str:
    """The same: one supplier declines; the other signs a change, delivers a part, is paid and cut short."""
    ocid = contratada(feria, reloj)
    with transaccion() as sesion:
        de_beto, de_ana = sesion.exec(select(OrdenDeCompra.id).order_by(col(OrdenDeCompra.numero))).all()
    with transaccion() as sesion:
        rechazar_orden(sesion, feria.beto.actor, de_beto, "No consigo la madera que se pide.")
    with transaccion() as sesion:
        aceptar_orden(sesion, feria.ana.actor, de_ana)
    cambio = ModificacionEntrada(
        dias=5, lineas=[LineaModificada(numero=2, cantidad=Decimal(7))], motivo="Se abrió otro paralelo."
    )
    with transaccion() as sesion:
        proponer_modificacion(sesion, feria.entidad.actor, de_ana, cambio)
    with transaccion() as sesion:
        firmar_modificacion(sesion, feria.ana.actor, de_ana, 1)
    dos = LineaDeEntrega(numero=2, cantidad=Decimal(2))
    with transaccion() as sesion:
        entregar(sesion, feria.ana.actor, de_ana, EntregaEntrada(lineas=[dos]))
    with transaccion() as sesion:
        recibir(sesion, feria.entidad.actor, de_ana, 1, RecepcionEntrada())
    pago = PagoEntrada(monto=bs("1400.20"), medio="c31", comprobante="44", fecha=fecha_bolivia())
    with transaccion() as sesion:
        pagar(sesion, feria.entidad.actor, de_ana, pago)
    reloj.adelantar(timedelta(days=100))
    assert abandonar_ordenes() == 1
    return ocid


def desierta(feria: Feria, reloj: Any) -> str:
    convocatoria = feria.publicada(categoria="consultoria", titulo="Consultoría de riego")
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, convocatoria.id)
    motivo = "No se presentó ninguna oferta."
    decisiones = [
        DecisionEntrada(item_id=i.id, oferta_id=None, motivo=motivo) for i in feria.items(convocatoria.id)
    ]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, convocatoria.id, decisiones)
    assert convocatoria.ocid
    return convocatoria.ocid


def cancelada(feria: Feria, reloj: Any) -> str:
    convocatoria = feria.publicada(titulo="Uniformes deportivos")
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, convocatoria.id, "Se modificó el presupuesto.")
    assert convocatoria.ocid
    return convocatoria.ocid


def enmendada(feria: Feria, reloj: Any) -> str:
    """Items and a longer reception, a suspension and its end; an item loses its codes."""
    convocatoria = feria.publicada(titulo="Uniformes de invierno")
    actor, motivo = feria.entidad.actor, "Lo pidieron los proveedores."
    items = [
        item("Pupitres", "1", "18000.00", "equipo"),
        item("Pizarra acrílica", "7", "780.50"),
        item("Flete", "1", "10.00"),
    ]
    with transaccion() as sesion:
        enmendar(sesion, actor, convocatoria.id, EnmiendaEntrada(motivo=motivo, items=items))
    with transaccion() as sesion:
        ampliar(sesion, actor, convocatoria.id, ahora() + timedelta(days=12), motivo)
    with transaccion() as sesion:
        suspender(sesion, actor, convocatoria.id, motivo)
    with transaccion() as sesion:
        reanudar_recepcion(sesion, actor, convocatoria.id, ahora() + timedelta(days=15), motivo)
    assert convocatoria.ocid
    return convocatoria.ocid


def por_lotes(feria: Feria, reloj: Any) -> str:
    """One lot is ordered, one desierto, of one the award falls; an item goes from one to another."""
    items = [item(que, "10", "100.00", lote=lote) for que, lote in LOTES_DE_ITEMS]
    nombres = ["Muebles", "Útiles", "Libros"]
    convocatoria = feria.publicada(items=items, adjudica_por="lote", lotes=nombres)
    actor, motivo = feria.entidad.actor, "Lo pidieron los proveedores."
    items[0] = item("Silla", "10", "100.00", lote=2)
    with transaccion() as sesion:
        enmendar(sesion, actor, convocatoria.id, EnmiendaEntrada(motivo=motivo, items=items))
    de_ana = feria.ofertar(feria.ana, convocatoria.id, [None, "90.00", None, None])
    de_beto = feria.ofertar(feria.beto, convocatoria.id, [None, None, None, "80.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, convocatoria.id)
    _silla, mesa, cuaderno, libro = feria.items(convocatoria.id)
    decisiones = [
        DecisionEntrada(item_id=mesa.id, oferta_id=de_ana),
        DecisionEntrada(item_id=cuaderno.id, oferta_id=None, motivo="Nadie ofertó los útiles."),
        DecisionEntrada(item_id=libro.id, oferta_id=de_beto),
    ]
    with transaccion() as sesion:
        adjudicar(sesion, actor, convocatoria.id, decisiones)
    with transaccion() as sesion:
        dejar_sin_efecto(sesion, actor, convocatoria.id, libro.id, EstadoItem.DESISTIDO, motivo)
    with transaccion() as sesion:
        decidido = [DecisionEntrada(item_id=libro.id, oferta_id=None, motivo="Nadie más los ofertó.")]
        adjudicar(sesion, actor, convocatoria.id, decidido)
    with transaccion() as sesion:
        emitir_ordenes(sesion, actor, convocatoria.id)
    assert convocatoria.ocid
    return convocatoria.ocid


def informada(feria: Feria, reloj: Any) -> str:
    """Those who evaluate write before each of its two decisions; of one item the award falls in between."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, ["440.00", "680.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["430.25", "690.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        designar_en_proceso(sesion, actor, id_, Nombramiento(Papel.CALIFICACION, feria.entidad.persona.id))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    pupitre, pizarra = feria.items(id_)
    todas = CalificacionEntrada(revisadas=[RevisadaEntrada(oferta_id=o) for o in (de_ana, de_beto)])
    ambos = [
        DecisionEntrada(item_id=pupitre.id, oferta_id=de_beto),
        DecisionEntrada(item_id=pizarra.id, oferta_id=de_ana),
    ]
    for decisiones in (ambos, [DecisionEntrada(item_id=pizarra.id, oferta_id=de_beto)]):
        with transaccion() as sesion:
            calificar(sesion, actor, id_, todas)
        with transaccion() as sesion:
            informar(sesion, actor, id_, decisiones)
        with transaccion() as sesion:
            adjudicar(sesion, actor, id_, decisiones)
        if decisiones is ambos:
            with transaccion() as sesion:
                dejar_sin_efecto(sesion, actor, id_, pizarra.id, EstadoItem.DESISTIDO, "Lo dijo por escrito.")
    assert convocatoria.ocid
    return convocatoria.ocid


def planificada(feria: Feria, reloj: Any) -> str:
    """Begun from a line of its entity's plan, which changes afterwards; cancelled."""
    plan_id, actor = publicado(feria, fecha_bolivia().year), feria.entidad.actor
    datos = {"titulo": "Mobiliario escolar", "municipio_ine": SUCRE, "plazo_entrega_dias": 30}
    with transaccion() as sesion:
        entrada = ConvocatoriaEntrada.model_validate(datos)
        linea = lineas(plan_id)[0].id
        id_ = crear_borrador(sesion, actor, feria.entidad.id, entrada, ITEMS, linea_de_plan=linea).id
    with transaccion() as sesion:
        ocid = publicar_convocatoria(sesion, actor, id_, ahora() + timedelta(days=10)).ocid
    cambia(feria, plan_id, Cambio(numero=1))
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, actor, id_, "Se agotó el presupuesto.")
    assert ocid
    return ocid


def subastada(feria: Feria, reloj: Any) -> str:
    """Its prices go down after the opening."""
    id_ = en_subasta(feria, reloj)
    puja(feria.ana, id_, "57000.00")
    terminar(reloj, id_)
    with transaccion() as sesion:
        ocid = sesion.get_one(Convocatoria, id_).ocid
    assert ocid
    return ocid


def perdida_en_parte(feria: Feria, reloj: Any) -> str:
    """A bid keeps one item and loses the other; who had nothing wins that one, loses it, and nobody does."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    ofertas = [feria.ofertar(p, id_, precios) for p, precios in ((feria.ana, BAJOS), (feria.beto, ALTOS))]
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    pupitre, pizarra = (i.id for i in feria.items(id_))
    with transaccion() as sesion:
        decididos = [DecisionEntrada(item_id=i, oferta_id=ofertas[0]) for i in (pupitre, pizarra)]
        adjudicar(sesion, actor, id_, decididos)
    for oferta in (ofertas[1], None):
        with transaccion() as sesion:
            dejar_sin_efecto(sesion, actor, id_, pizarra, EstadoItem.DESISTIDO, "Lo dijo por escrito.")
        with transaccion() as sesion:
            una = DecisionEntrada(item_id=pizarra, oferta_id=oferta, motivo="No queda otra oferta mejor.")
            adjudicar(sesion, actor, id_, [una])
    with transaccion() as sesion:
        emitir_ordenes(sesion, actor, id_)
    assert convocatoria.ocid
    return convocatoria.ocid


def ganada_otra_vez(feria: Feria, reloj: Any) -> str:
    """Who lost all that they had wins something else."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, BAJOS)
    de_beto = feria.ofertar(feria.beto, id_, ALTOS)
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    pupitre, pizarra = (i.id for i in feria.items(id_))
    motivo = "La otra no tiene repuestos."
    with transaccion() as sesion:
        cruzadas = [(pupitre, de_ana), (pizarra, de_beto)]
        decididos = [DecisionEntrada(item_id=i, oferta_id=o, motivo=motivo) for i, o in cruzadas]
        adjudicar(sesion, actor, id_, decididos)
    for item_id in (pupitre, pizarra):
        with transaccion() as sesion:
            dejar_sin_efecto(sesion, actor, id_, item_id, EstadoItem.DESISTIDO, motivo)
    with transaccion() as sesion:
        cruzadas = [(pupitre, de_beto), (pizarra, de_ana)]
        decididos = [DecisionEntrada(item_id=i, oferta_id=o, motivo=motivo) for i, o in cruzadas]
        adjudicar(sesion, actor, id_, decididos)
    with transaccion() as sesion:
        emitir_ordenes(sesion, actor, id_)
    assert convocatoria.ocid
    return convocatoria.ocid


def impugnada(feria: Feria, reloj: Any) -> str:
    """One appeal revokes one of two that were declared desiertos, another is withdrawn, one waits."""
    items = [item(f"Generador de energía {n}", "1", "150000.00") for n in (1, 2, 3)]
    convocatoria = feria.publicada(dias=25, items=items)
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, ["140000.00"] * 3)
    de_beto = feria.ofertar(feria.beto, id_, ["145000.00"] * 3)
    reloj.adelantar(timedelta(days=25, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    uno, dos, tres = (i.id for i in feria.items(id_))
    motivo = "Ya no hace falta esta máquina."
    with transaccion() as sesion:
        decididos = [
            DecisionEntrada(item_id=uno, oferta_id=de_ana),
            *(DecisionEntrada(item_id=i, oferta_id=None, motivo=motivo) for i in (dos, tres)),
        ]
        adjudicar(sesion, actor, id_, decididos)
    mae = feria.crear_parte("Autoridad Máxima")
    feria.mandato(feria.entidad.id, mae.persona, Facultad.ADMINISTRAR)
    ids = []
    for item_id in (uno, dos, tres):
        with transaccion() as sesion:
            escrito = "No se leyó lo que se ofertó."
            ids.append(impugnar(sesion, feria.beto.actor, id_, item_id, feria.beto.id, escrito).id)
    with transaccion() as sesion:
        retirar_impugnacion(sesion, feria.beto.actor, ids[0])
    with transaccion() as sesion:
        resolver_impugnacion(sesion, mae.actor, ids[1], EstadoImpugnacion.REVOCADA, "Sí hace falta.")
    with transaccion() as sesion:
        resolver_impugnacion(sesion, mae.actor, ids[2], EstadoImpugnacion.CONFIRMADA, "No hace falta.")
    with transaccion() as sesion:
        de_nuevo = DecisionEntrada(item_id=dos, oferta_id=de_beto, motivo="Lo que dijo la resolución.")
        adjudicar(sesion, actor, id_, [de_nuevo])
    with transaccion() as sesion:
        impugnar(sesion, feria.ana.actor, id_, dos, feria.ana.id, "Mi oferta era más barata.")
    assert convocatoria.ocid
    return convocatoria.ocid


def rechazada(feria: Feria, reloj: Any) -> str:
    """The lowest does not comply; who wins is disqualified, and it is cancelled."""
    convocatoria = feria.publicada()
    actor, id_ = feria.entidad.actor, convocatoria.id
    de_ana = feria.ofertar(feria.ana, id_, BAJOS)
    de_beto = feria.ofertar(feria.beto, id_, ALTOS)
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)
    revisadas = [
        RevisadaEntrada(oferta_id=de_ana, causa=Causa.NO_CUMPLE, explicacion="Ofrece madera de pino."),
        RevisadaEntrada(oferta_id=de_beto),
    ]
    with transaccion() as sesion:
        calificar(sesion, actor, id_, CalificacionEntrada(revisadas=revisadas))
    items = [i.id for i in feria.items(id_)]
    with transaccion() as sesion:
        adjudicar(sesion, actor, id_, [DecisionEntrada(item_id=i, oferta_id=de_beto) for i in items])
    for item_id in items:
        with transaccion() as sesion:
            causa = EstadoItem.DESCALIFICADO
            dejar_sin_efecto(sesion, actor, id_, item_id, causa, "Presentó un certificado ajeno.")
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, actor, id_, "Se modificó el presupuesto.")
    assert convocatoria.ocid
    return convocatoria.ocid


def preguntada(feria: Feria, reloj: Any) -> str:
    """Two questions: one is answered, the other nobody answers; nobody bids."""
    convocatoria = feria.publicada()
    with transaccion() as sesion:
        una = preguntar(sesion, feria.ana.actor, convocatoria.id, feria.ana.id, "¿De qué madera es?").id
    with transaccion() as sesion:
        preguntar(sesion, feria.beto.actor, convocatoria.id, feria.beto.id, "¿Se entrega armado o no?")
    with transaccion() as sesion:
        responder(sesion, feria.entidad.actor, convocatoria.id, una, "De cualquiera que no sea de la selva.")
    assert convocatoria.ocid
    return convocatoria.ocid


HISTORIAS = [
    contratada,
    ejecutada,
    desierta,
    cancelada,
    enmendada,
    por_lotes,
    informada,
    planificada,
    subastada,
    perdida_en_parte,
    ganada_otra_vez,
    impugnada,
    preguntada,
    rechazada,
]
