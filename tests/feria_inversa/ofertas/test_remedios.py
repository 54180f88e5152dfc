"""Who is declared invalid at the opening is told why, and has their remedies."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.designaciones.designar import Nombramiento, designar_en_proceso
from feria_inversa.designaciones.excusas import recusar
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.impugnacion.impugnar import impugnar
from feria_inversa.ofertas.consultas import oferentes_de
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.llaves.ayudas import entregar, resguardo
from tests.feria_inversa.ofertas.test_selladas import mandar

CARO = [item("Generador de energía", "1", "300000.00")]
MOTIVO = "Mandamos un sobre que se abre: miren la copia."


@pytest.mark.usefixtures("cliente")
def test_a_quien_no_conto_se_le_dice_por_que_y_puede_reclamar(
    feria: Feria, sesion: Session, reloj: Any, crear_persona: Any
) -> None:
    guardas = resguardo(feria)
    id_ = feria.publicada(dias=25, items=CARO).id
    de_ana = feria.ofertar(feria.ana, id_, ["290000.00"])
    de_beto = mandar(id_, feria.beto, b"Bs 12", items=1)
    reloj.adelantar(timedelta(days=25, seconds=1))
    assert cerrar_recepciones() == 1
    entregar(guardas[0], id_)
    entregar(guardas[1], id_)
    entregar_pendientes()
    avisos = text("SELECT asunto, cuerpo, enlace FROM ciudadania_notificacion WHERE unidad_id = :u")
    dichos = sesion.connection().execute(avisos, {"u": feria.beto.id}).all()
    (suyo,) = [a for a in dichos if a.asunto.startswith("Su oferta no contó")]
    assert suyo.cuerpo.startswith("Lo que dice el sobre no es una oferta.")
    assert suyo.enlace == f"/ofertas/{de_beto}"
    assert not any(a.asunto.startswith("Se abrieron") for a in dichos)
    assert set(oferentes_de(sesion, id_)) == {feria.ana.id, feria.beto.id}
    sesion.rollback()
    (pedido,) = feria.items(id_)
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, [DecisionEntrada(item_id=pedido.id, oferta_id=de_ana)])
    rosa = crear_persona("Rosa")
    feria.mandato(feria.entidad.id, rosa, Facultad.COMPRAR, Facultad.EVALUAR)
    with transaccion() as otra:
        nombrada = designar_en_proceso(
            otra, feria.entidad.actor, id_, Nombramiento(Papel.CALIFICACION, rosa.id)
        )
        recusar(otra, feria.beto.actor, nombrada.id, feria.beto.id, MOTIVO)
    with transaccion() as otra:
        assert impugnar(otra, feria.beto.actor, id_, pedido.id, feria.beto.id, MOTIVO).estado == "presentada"
