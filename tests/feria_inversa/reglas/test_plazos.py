"""The terms of the fair by the calendar of the entity's place (Sucre: 25 May is a holiday there alone)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.consultas import reglas_de
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.errores import PlazoDeImpugnacion
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas.errores import PlazoInsuficiente
from feria_inversa.reglas.modalidades import agregar_valor, modalidad_para
from feria_inversa.reglas.valores import Clave, Valor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ZONA, fecha_bolivia
from tests.feria_inversa.conftest import Feria, item


def _en_bolivia(*partes: int) -> datetime:
    return datetime(*partes, tzinfo=ZONA)  # type: ignore[misc, arg-type]


def test_el_cierre_no_cuenta_el_feriado_de_la_entidad(feria: Feria, reloj: Any) -> None:
    """Published on Monday 22 May 2028 with a minimum of four: 23, 24, 26 and 29; Thursday 25 is not."""
    reloj.situar(_en_bolivia(2028, 5, 22, 10))
    borrador = feria.borrador([item("Camioneta", "1", "150000.00")])
    with pytest.raises(PlazoInsuficiente, match="29/05/2028"), transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, borrador.id, _en_bolivia(2028, 5, 26, 18))
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, borrador.id, _en_bolivia(2028, 5, 29, 18))


def test_un_proceso_sigue_con_las_reglas_con_que_nacio(feria: Feria, sesion: Session, duenio: Engine) -> None:
    """A value ends and another one begins: what was published before keeps its own."""
    hoy = fecha_bolivia()
    antes = feria.publicada(items=[item("Camioneta", "1", "150000.00")])
    anpe = antes.modalidad_id
    assert anpe is not None
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE feria_regla SET vigente_hasta = :ayer WHERE modalidad_id = :id "
                "AND clave = 'dias_minimos'"
            ),
            {"ayer": hoy - timedelta(days=1), "id": anpe},
        )
    with transaccion() as otra:
        agregar_valor(otra, anpe, Clave.DIAS_MINIMOS, Valor(6, True, "DS de prueba, art. 1", "", hoy))
    despues = feria.publicada(dias=30, items=[item("Camioneta", "1", "150000.00")])

    assert [reglas_de(c).dias_minimos for c in (antes, despues)] == [4, 6]  # type: ignore[union-attr]
    assert reglas_de(despues).valores[Clave.DIAS_MINIMOS].fuente == "DS de prueba, art. 1"  # type: ignore[union-attr]


def test_las_ordenes_esperan_el_plazo_para_impugnar(
    feria: Feria, sesion: Session, reloj: Any, sesion_web: Callable[..., Any]
) -> None:
    """Resolved on Wednesday 24 May 2028: 26, 29 and 30; the orders may go out from midnight of the 31st."""
    reloj.situar(_en_bolivia(2028, 5, 3, 10))
    convocatoria = feria.publicada(dias=20, items=[item("Camioneta", "1", "300000.00")])
    oferta = feria.ofertar(feria.ana, convocatoria.id, ["290000.00"])
    reloj.situar(_en_bolivia(2028, 5, 24, 9))
    (pedido,) = feria.items(convocatoria.id)
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)
        decision = [DecisionEntrada(item_id=pedido.id, oferta_id=oferta)]
        adjudicar(otra, feria.entidad.actor, convocatoria.id, decision)

    html = sesion_web(feria.entidad.persona).get(f"/compras/{convocatoria.id}").text
    assert "corre hasta el 30 de mayo de 2028" in html
    assert "Aniversario de Chuquisaca" in html
    assert html.count("Cuenta: día") == 3

    reloj.situar(_en_bolivia(2028, 5, 30, 23, 59, 58))
    with pytest.raises(PlazoDeImpugnacion, match="30 de mayo de 2028"), transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, convocatoria.id)
    assert sesion.get_one(Convocatoria, convocatoria.id).contratado_en is None
    reloj.situar(_en_bolivia(2028, 5, 31))
    with transaccion() as otra:
        assert len(emitir_ordenes(otra, feria.entidad.actor, convocatoria.id)) == 1


def test_un_plazo_para_impugnar_sin_confirmar_se_dice_y_no_detiene(
    feria: Feria, reloj: Any, duenio: Engine, sesion_web: Callable[..., Any]
) -> None:
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE feria_regla SET vigente_hasta = '2028-05-02' WHERE clave = 'dias_impugnacion'")
        )
    reloj.situar(_en_bolivia(2028, 5, 3, 10))
    with transaccion() as otra:
        anpp, reglas = modalidad_para(otra, bs("300000.00"), fecha_bolivia())
        assert (reglas.codigo, reglas.dias_impugnacion) == ("ANPP", 0)
        dudoso = Valor(3, False, "DS de prueba, art. 2", "Por cotejar.", fecha_bolivia())
        agregar_valor(otra, anpp, Clave.DIAS_IMPUGNACION, dudoso)
    convocatoria = feria.publicada(dias=20, items=[item("Camioneta", "1", "300000.00")])
    oferta = feria.ofertar(feria.ana, convocatoria.id, ["290000.00"])
    reloj.situar(_en_bolivia(2028, 5, 24, 9))
    (pedido,) = feria.items(convocatoria.id)
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)
        decision = [DecisionEntrada(item_id=pedido.id, oferta_id=oferta)]
        adjudicar(otra, feria.entidad.actor, convocatoria.id, decision)

    html = sesion_web(feria.entidad.persona).get(f"/compras/{convocatoria.id}").text
    assert "está por confirmar: corre hasta el 30 de mayo de 2028" in html
    assert "Antes debe pasar" not in html
    with transaccion() as otra:
        assert len(emitir_ordenes(otra, feria.entidad.actor, convocatoria.id)) == 1
