"""What people commit for an entity without paying counts toward their mandates' limits, and comes back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import Facultad, LimiteDeMandato, NuevoMandato
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.mandatos.uso import usos_de
from empresa_digital.registro.mandatos.verificar import verificar_uso
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import rechazar_orden
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.estados import EstadoItem
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.expediente.test_actos import huella

TOTAL = bs("20200.00")


@pytest.fixture
def eva(feria: Feria) -> Any:
    return feria.crear_parte("Evaluadora Eva")


def dar(feria: Feria, persona: Any, *facultades: Facultad, **limites: Any) -> UUID:
    nuevo = NuevoMandato(facultades=facultades, persona_id=persona.id, **limites)
    with transaccion() as sesion:
        unidad = bloquear_unidad(sesion, feria.entidad.id)
        sistema = Autorizacion.propia(Actor.sistema("prueba"))
        return otorgar_con(sesion, unidad, sistema, nuevo).id


def abierta(feria: Feria, reloj: Any) -> tuple[UUID, list[DecisionEntrada]]:
    """A call whose bids were opened, and the decision that awards Bs 20.200 to the one there is."""
    id_ = feria.publicada().id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, [DecisionEntrada(item_id=item.id, oferta_id=oferta) for item in feria.items(id_)]


def usado(sesion: Session, mandato: UUID) -> tuple[Any, Any]:
    sesion.rollback()
    uso = usos_de(sesion, [mandato])[mandato]
    assert verificar_uso(sesion) == []
    return uso.usado_dia, uso.usado_mes


def test_lo_adjudicado_cuenta_y_cancelar_lo_devuelve(
    feria: Feria, sesion: Session, reloj: Any, eva: Any
) -> None:
    mandato = dar(feria, eva.persona, Facultad.EVALUAR, limite_mes=TOTAL)
    id_, decisiones = abierta(feria, reloj)
    with transaccion() as otra:
        adjudicar(otra, eva.actor, id_, decisiones)
    assert usado(sesion, mandato) == (TOTAL, TOTAL)

    otro, sus_decisiones = abierta(feria, reloj)
    antes = huella(sesion)
    with pytest.raises(LimiteDeMandato, match="Este mes le quedan") as falla, transaccion() as otra:
        adjudicar(otra, eva.actor, otro, sus_decisiones)
    assert falla.value.codigo == "limite_de_mandato_mes"
    assert huella(sesion) == antes

    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Se anuló el presupuesto de esta compra")
    assert usado(sesion, mandato) == (bs(0), bs(0))
    with transaccion() as otra:
        adjudicar(otra, eva.actor, otro, sus_decisiones)
    assert usado(sesion, mandato)[1] == TOTAL


def test_lo_que_queda_sin_efecto_vuelve_a_su_mandato(
    feria: Feria, sesion: Session, reloj: Any, eva: Any
) -> None:
    """Item by item, of the resolution in which it was awarded; the cancellation gives back what is left."""
    mandato = dar(feria, eva.persona, Facultad.EVALUAR, limite_mes=bs("30000.00"))
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])  # 16.000,00 and 4.200,00
    de_beto = feria.ofertar(feria.beto, id_, ["410.00", "710.00"])  # 16.400,00 and 4.260,00
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    items = {item.numero: item.id for item in feria.items(id_)}

    def decide(ofertas: dict[int, UUID]) -> None:
        motivo = "La que seguía en precio."
        with transaccion() as otra:
            decisiones = [
                DecisionEntrada(item_id=items[n], oferta_id=o, motivo=motivo) for n, o in ofertas.items()
            ]
            adjudicar(otra, eva.actor, id_, decisiones)

    def cae(numero: int) -> None:
        motivo = "No puede entregar a tiempo."
        with transaccion() as otra:
            dejar_sin_efecto(otra, feria.entidad.actor, id_, items[numero], EstadoItem.DESISTIDO, motivo)

    def del_mes() -> Any:
        return usado(sesion, mandato)[1]

    decide({1: de_ana, 2: de_ana})
    assert del_mes() == bs("20200.00")
    cae(2)
    assert del_mes() == bs("16000.00")
    decide({2: de_beto})
    assert del_mes() == bs("20260.00")
    cae(2)
    cae(1)
    assert del_mes() == bs(0)
    with transaccion() as otra:
        desierto = DecisionEntrada(item_id=items[2], oferta_id=None, motivo="Ya no queda otra oferta.")
        elegida = DecisionEntrada(item_id=items[1], oferta_id=de_beto, motivo="La que seguía en precio.")
        adjudicar(otra, eva.actor, id_, [elegida, desierto])
    assert del_mes() == bs("16400.00")
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Se anuló el presupuesto de esta compra")
    assert del_mes() == bs(0)


def test_las_ordenes_cuentan_en_el_mandato_de_quien_las_emite(
    feria: Feria, sesion: Session, reloj: Any, eva: Any
) -> None:
    mandato = dar(feria, eva.persona, Facultad.COMPRAR, limite_dia=TOTAL)
    id_, decisiones = abierta(feria, reloj)
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    reloj.adelantar(timedelta(days=30))
    with transaccion() as otra:
        emitir_ordenes(otra, eva.actor, id_)
    assert usado(sesion, mandato) == (TOTAL, TOTAL)


def test_la_orden_que_no_se_acepta_devuelve_lo_de_ambos(
    feria: Feria, sesion: Session, reloj: Any, eva: Any
) -> None:
    """Of who gave the order, and of who awarded what it was for."""
    mandatos = [dar(feria, eva.persona, f, limite_dia=TOTAL) for f in (Facultad.COMPRAR, Facultad.EVALUAR)]
    id_, decisiones = abierta(feria, reloj)
    with transaccion() as otra:
        adjudicar(otra, eva.actor, id_, decisiones)
    with transaccion() as otra:
        (orden,) = emitir_ordenes(otra, eva.actor, id_)
    assert [usado(sesion, m) for m in mandatos] == [(TOTAL, TOTAL)] * 2
    with transaccion() as otra:
        rechazar_orden(otra, feria.ana.actor, orden.id, "No consigo la madera que se pide.")
    assert [usado(sesion, m) for m in mandatos] == [(bs(0), bs(0))] * 2


def test_una_oferta_se_compara_y_no_se_escribe(feria: Feria, sesion: Session) -> None:
    """Its price is in the sealed envelope alone."""
    parte = feria.crear_parte("Taller Limitado", limite="20200.00")
    id_ = feria.publicada().id
    feria.ofertar(parte, id_, ["400.00", "700.00"])
    assert sesion.connection().execute(text("SELECT count(*) FROM registro_uso")).scalar_one() == 0
