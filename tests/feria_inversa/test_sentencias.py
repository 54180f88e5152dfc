"""How many statements an act takes on a process of five hundred items: what it writes goes in bulk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.partes import entregar_parte
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.consultas import lineas_de_orden
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
from feria_inversa.designaciones.designar import Nombramiento, designar_en_proceso
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada
from feria_inversa.evaluacion.informar import informar
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.ofertas.ofertas import presentar_oferta, retirar_oferta
from feria_inversa.ofertas.reconfirmar import reconfirmar_oferta
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, crear_borrador, publicar_convocatoria
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, EnmiendaEntrada
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.otra_vez import llamar_otra_vez
from feria_inversa.procesos.versiones import ampliar, enmendar, reanudar_recepcion, suspender
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.terminar import terminar_por_reloj
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import sin_el_reloj
from tests.feria_inversa.conftest import SUCRE, Feria, Parte, item, linea
from tests.feria_inversa.impugnacion.test_impugnaciones import mae as mae
from tests.feria_inversa.llaves.ayudas import resguardo
from tests.feria_inversa.subasta.ayudas import sala

ITEMS, MAXIMO = 500, 40
MOTIVO = "Lo pidieron quienes enseñan."
PEDIDO = [
    item(f"Silla número {n}", "10", "100.00", unspsc="56121500") for n in range(1, ITEMS + 1)
]  # 500.000


class Cuenta:
    """`with cuenta("abrir") as sesion:` runs an act in a transaction and remembers what it took."""

    def __init__(self, contar: Callable[[], Any]) -> None:
        self.contar = contar
        self.hechas: dict[str, list[str]] = {}

    @contextmanager
    def __call__(self, acto: str) -> Iterator[Session]:
        entregar_pendientes()  # what the last act published is compiled by then
        with self.contar() as sentencias, transaccion() as sesion:
            yield sesion
        self.hechas[acto] = sin_el_reloj(sentencias)

    def exigir(self, **de_varios: int) -> None:
        """`de_varios`: those that are several acts at once, and how many."""
        for acto, sentencias in self.hechas.items():
            maximo = MAXIMO * de_varios.get(acto.replace(" ", "_"), 1)
            dichas = "\n".join(sentencia[:160] for sentencia in sentencias)
            assert len(sentencias) <= maximo, f"{acto}: {len(sentencias)}\n{dichas}"
            print(f"{len(sentencias):4} {acto}")


@pytest.fixture
def cuenta(feria: Feria, aplicacion: Any, contar_consultas: Callable[[], Any]) -> Cuenta:
    """Of an entity that has published before: its codes are made once."""
    feria.publicada()
    return Cuenta(contar_consultas)


def lineas(feria: Feria, id_: UUID, precio: str) -> list[Any]:
    return [linea(i.id, precio) for i in feria.items(id_)]


def presenta(
    feria: Feria, cuenta: Cuenta, parte: Parte, id_: UUID, precio: str, acto: str, **mas: Any
) -> UUID:
    dichas = lineas(feria, id_, precio)
    with cuenta(acto) as sesion:
        return presentar_oferta(sesion, parte.actor, id_, parte.id, dichas, **mas).id


def decisiones_de(feria: Feria, id_: UUID, gana: Callable[[int], UUID | None]) -> list[DecisionEntrada]:
    return [DecisionEntrada(item_id=i.id, oferta_id=gana(i.numero), motivo=MOTIVO) for i in feria.items(id_)]


def adjudica(feria: Feria, cuenta: Cuenta, id_: UUID, gana: Callable[[int], UUID | None], acto: str) -> None:
    decisiones = decisiones_de(feria, id_, gana)
    with cuenta(acto) as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)


def abierta(feria: Feria, cuenta: Cuenta, reloj: Any, **campos: Any) -> tuple[UUID, UUID, UUID]:
    """A process and its two bids, just opened."""
    id_ = feria.publicada(dias=20, items=PEDIDO, **campos).id
    ana = presenta(feria, cuenta, feria.ana, id_, "90.00", "presentar")
    beto = presenta(feria, cuenta, feria.beto, id_, "95.00", "presentar")
    reloj.adelantar(timedelta(days=20, seconds=1))
    with cuenta("abrir") as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, ana, beto


def test_de_la_necesidad_a_la_apertura(feria: Feria, cuenta: Cuenta, reloj: Any) -> None:
    entidad = feria.entidad
    datos = {
        "titulo": "Mobiliario escolar",
        "descripcion": "Para las unidades educativas.",
        "municipio_ine": SUCRE,
        "plazo_entrega_dias": 30,
    }
    entrada = ConvocatoriaEntrada.model_validate(datos)
    with cuenta("escribir") as sesion:
        id_ = crear_borrador(sesion, entidad.actor, entidad.id, entrada, PEDIDO).id
    with cuenta("publicar") as sesion:
        publicar_convocatoria(sesion, entidad.actor, id_, ahora() + timedelta(days=20))
    de_ana = presenta(feria, cuenta, feria.ana, id_, "90.00", "presentar")
    de_beto = presenta(feria, cuenta, feria.beto, id_, "95.00", "presentar otra")
    otros = [*PEDIDO[:-1], PEDIDO[-1].model_copy(update={"cantidad": Decimal(9)})]
    with cuenta("enmendar el texto") as sesion:
        enmendar(
            sesion, entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, descripcion="Para tres escuelas.")
        )
    with cuenta("reconfirmar") as sesion:
        reconfirmar_oferta(sesion, feria.ana.actor, de_ana)
    with cuenta("enmendar los ítems") as sesion:
        enmendar(sesion, entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, items=otros))
    with cuenta("ampliar") as sesion:
        ampliar(sesion, entidad.actor, id_, ahora() + timedelta(days=25), MOTIVO)
    with cuenta("suspender") as sesion:
        suspender(sesion, entidad.actor, id_, MOTIVO)
    with cuenta("reanudar") as sesion:
        reanudar_recepcion(sesion, entidad.actor, id_, ahora() + timedelta(days=30), MOTIVO)
    presenta(feria, cuenta, feria.ana, id_, "91.00", "reemplazar", reemplazar=True)
    with cuenta("retirar") as sesion:
        retirar_oferta(sesion, feria.beto.actor, de_beto)
    reloj.adelantar(timedelta(days=30, seconds=1))
    with cuenta("abrir") as sesion:
        acta = abrir_convocatoria(sesion, entidad.actor, id_)
    assert (acta.ofertas, len(acta.detalle[0].lineas)) == (1, ITEMS)
    with cuenta("cancelar") as sesion:
        cancelar_convocatoria(sesion, entidad.actor, id_, MOTIVO)
    cuenta.exigir()


def test_de_la_apertura_al_pago(
    feria: Feria, cuenta: Cuenta, reloj: Any, crear_persona: Any, actor_de: Any
) -> None:
    """One person was named to evaluate. Half of the items to each bidder: two orders of 250 lines."""
    entidad, rosa = feria.entidad, crear_persona("Rosa")
    feria.mandato(entidad.id, rosa, Facultad.EVALUAR)
    id_, ana, beto = abierta(feria, cuenta, reloj)
    with cuenta("nombrar") as sesion:
        designar_en_proceso(sesion, entidad.actor, id_, Nombramiento(Papel.CALIFICACION, rosa.id))
    revisadas = [{"oferta_id": oferta} for oferta in (ana, beto)]
    with cuenta("calificar") as sesion:
        calificar(sesion, actor_de(rosa), id_, CalificacionEntrada.model_validate({"revisadas": revisadas}))
    decisiones = decisiones_de(feria, id_, lambda n: ana if n % 2 else beto)
    with cuenta("informar") as sesion:
        informar(sesion, actor_de(rosa), id_, decisiones)
    with cuenta("adjudicar") as sesion:
        adjudicar(sesion, entidad.actor, id_, decisiones)
    reloj.adelantar(timedelta(days=8))
    with cuenta("ordenar") as sesion:
        ordenes = {o.proveedor_id: o.id for o in emitir_ordenes(sesion, entidad.actor, id_)}
    de_ana, de_beto = ordenes[feria.ana.id], ordenes[feria.beto.id]
    with cuenta("aceptar la orden") as sesion:
        aceptar_orden(sesion, feria.ana.actor, de_ana, garantia_entregada=True)
    with cuenta("rechazar la orden") as sesion:
        rechazar_orden(sesion, feria.beto.actor, de_beto, MOTIVO)
    cambios = [LineaModificada(numero=n, cantidad=Decimal(11)) for n in range(1, 100, 2)]
    cambio = ModificacionEntrada(dias=5, lineas=cambios, motivo=MOTIVO)
    with cuenta("proponer un cambio") as sesion:
        proponer_modificacion(sesion, entidad.actor, de_ana, cambio)
    with cuenta("firmar el cambio") as sesion:
        firmar_modificacion(sesion, feria.ana.actor, de_ana, 1)
    with transaccion() as sesion:
        suyas = [
            LineaDeEntrega(numero=li.numero, cantidad=li.cantidad) for li in lineas_de_orden(sesion, de_ana)
        ]
    with cuenta("entregar") as sesion:
        entregar(sesion, feria.ana.actor, de_ana, EntregaEntrada(lineas=suyas))
    with cuenta("recibir") as sesion:
        recibir(sesion, entidad.actor, de_ana, 1, RecepcionEntrada(lineas=suyas))
    with cuenta("pagar") as sesion:
        c31: dict[str, Any] = {"medio": "c31", "comprobante": "2026-1101-44", "fecha": fecha_bolivia()}
        pagar(sesion, entidad.actor, de_ana, PagoEntrada(monto=bs("229500.00"), **c31))
    with transaccion() as sesion:
        orden = sesion.get_one(OrdenDeCompra, de_ana)
        assert (orden.total, orden.estado) == (bs("229500.00"), "concluida")  # 250 x 10 x 90 + 50 x 90
    cuenta.exigir()


def test_una_orden_para_cada_uno_de_muchos(feria: Feria, cuenta: Cuenta, reloj: Any) -> None:
    id_ = feria.publicada(dias=20, items=PEDIDO).id
    ofertas: dict[int, UUID] = {}
    for n in range(10):
        parte, suyos = feria.crear_parte(f"Taller Número {n}"), feria.items(id_)[n * 50 : n * 50 + 50]
        with transaccion() as sesion:
            suyas = [linea(i.id, "90.00") for i in suyos]
            oferta = presentar_oferta(sesion, parte.actor, id_, parte.id, suyas)
            ofertas |= {i.numero: oferta.id for i in suyos}
    reloj.adelantar(timedelta(days=20, seconds=1))
    with cuenta("abrir") as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    adjudica(feria, cuenta, id_, ofertas.get, "adjudicar a diez")
    reloj.adelantar(timedelta(days=8))
    with cuenta("ordenar a diez") as sesion:
        ordenes = emitir_ordenes(sesion, feria.entidad.actor, id_)
        assert [o.numero[-5:] for o in ordenes] == [f"{n:05d}" for n in range(1, 11)]
    cuenta.exigir()


def test_lo_que_cae_entero(feria: Feria, cuenta: Cuenta, reloj: Any, mae: Actor) -> None:
    """Five hundred items that are decided as one, contested, let fall, deserted and called again."""
    id_, ana, beto = abierta(feria, cuenta, reloj, adjudica_por="total")
    entidad, primero = feria.entidad.actor, feria.items(id_)[0].id

    def decide(oferta: UUID | None, acto: str) -> None:
        with cuenta(acto) as sesion:
            decision = DecisionEntrada(item_id=primero, oferta_id=oferta, motivo=MOTIVO)
            adjudicar(sesion, entidad, id_, [decision])

    decide(ana, "adjudicar todo")
    with cuenta("impugnar") as sesion:
        impugnacion = impugnar(sesion, feria.beto.actor, id_, primero, feria.beto.id, MOTIVO).id
    with cuenta("revocar") as sesion:
        resolver_impugnacion(sesion, mae, impugnacion, EstadoImpugnacion.REVOCADA, MOTIVO)
    assert {i.estado for i in feria.items(id_)} == {"revocado"}
    decide(beto, "adjudicar a otra")
    with cuenta("dejar sin efecto") as sesion:
        dejar_sin_efecto(sesion, entidad, id_, primero, EstadoItem.DESISTIDO, MOTIVO)
    decide(None, "declarar desierto")
    with cuenta("llamar otra vez") as sesion:
        otra = llamar_otra_vez(sesion, entidad, id_).id
    assert len(feria.items(otra)) == ITEMS
    cuenta.exigir()


def test_sellada_y_subastada(feria: Feria, cuenta: Cuenta, reloj: Any) -> None:
    guardas = resguardo(feria)
    id_ = feria.publicada(dias=20, items=PEDIDO, subasta=True).id
    presenta(feria, cuenta, feria.ana, id_, "90.00", "presentar sellada")
    presenta(feria, cuenta, feria.beto, id_, "95.00", "presentar otra sellada")
    reloj.adelantar(timedelta(days=20, seconds=1))
    with cuenta("entregar una parte") as sesion:
        entregar_parte(sesion, guardas[0].actor, id_, clave=guardas[0].clave)
    with cuenta("abrir con la última") as sesion:
        acta = entregar_parte(sesion, guardas[1].actor, id_, clave=guardas[1].clave)
    assert acta is not None
    assert acta.ofertas == 2
    reloj.situar(sala(id_).subasta.empieza_en + timedelta(seconds=1))
    with cuenta("pujar") as sesion:
        pujar(sesion, feria.beto.actor, id_, feria.beto.id, 1, bs("850.00"))
    reloj.situar(max(s.termina_en for s in sala(id_).subastados) + timedelta(seconds=1))
    with cuenta("terminar la subasta") as sesion:
        assert terminar_por_reloj(sesion, id_)
    cuenta.exigir(abrir_con_la_última=2)  # the part that was missing, and the opening
