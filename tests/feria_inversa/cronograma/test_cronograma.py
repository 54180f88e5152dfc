"""The days of a process: working ones where its entity is, in order, the terms of the norm between them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.cronograma.modelos import Cronograma
from feria_inversa.cronograma.programar import programar
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, publicar_convocatoria
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import DiaInhabil, PlazoInsuficiente
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import Feria, item

CAMIONETA = [item("Camioneta", "1", "300000.00")]  # ANPP: eight days to bid, three to contest


def _en_bolivia(*partes: int) -> datetime:
    return datetime(*partes, tzinfo=ZONA)  # type: ignore[misc, arg-type]


def _publicar(feria: Feria, vence_en: datetime, pedido: Any = None) -> Convocatoria:
    borrador = feria.borrador(pedido or [item("Sillas", "4", "100.00")])
    with transaccion() as sesion:
        return publicar_convocatoria(sesion, feria.entidad.actor, borrador.id, vence_en)


@pytest.mark.parametrize(
    ("vence_en", "por_que"),
    [
        ((2028, 5, 28, 3), "fin de semana"),  # a Sunday, at three in the morning
        ((2028, 5, 25, 16), "Aniversario de Chuquisaca"),  # where the entity is, and nowhere else
        ((2028, 12, 25, 16), "Navidad"),
        ((2028, 5, 29, 0), "fin de semana"),  # midnight of Monday ends Sunday
    ],
)
def test_no_cierra_en_dia_inhabil_de_su_lugar(
    vence_en: tuple[int, ...], por_que: str, feria_con_calendario: Feria, reloj: Any
) -> None:
    feria = feria_con_calendario
    reloj.situar(_en_bolivia(2028, 5, 22, 10) if vence_en[1] == 5 else _en_bolivia(2028, 12, 11, 10))
    with pytest.raises(DiaInhabil, match=por_que):
        _publicar(feria, _en_bolivia(*vence_en))
    with transaccion() as sesion:
        estados = sesion.exec(select(Convocatoria.estado)).all()
    assert list(estados) == ["borrador"]
    assert _publicar(
        feria, _en_bolivia(2028, 12, 26, 16) if vence_en[1] == 12 else _en_bolivia(2028, 5, 29, 16)
    )


def test_los_dias_habiles_son_enteros(feria_con_calendario: Feria, reloj: Any) -> None:
    """Published on Monday 3 April 2028 with a minimum of four: midnight of Friday 7 ends the third."""
    feria = feria_con_calendario
    reloj.situar(_en_bolivia(2028, 4, 3, 10))
    pedido = [item("Camioneta", "1", "150000.00")]
    with pytest.raises(PlazoInsuficiente, match="07/04/2028"):
        _publicar(feria, _en_bolivia(2028, 4, 7), pedido)
    assert _publicar(feria, _en_bolivia(2028, 4, 7, 9), pedido).cuce is not None


def _dias(**dias: tuple[int, int]) -> dict[Etapa, date]:
    return {Etapa(etapa): date(2028, mes, dia) for etapa, (mes, dia) in dias.items()}


DIAS = _dias(
    consultas=(5, 9),
    aclaracion=(5, 10),
    apertura=(5, 17),
    evaluacion=(5, 19),
    adjudicacion=(5, 24),
    documentos=(5, 31),
    contrato=(6, 1),
)


@pytest.fixture
def proceso(feria_con_calendario: Feria, reloj: Any) -> UUID:
    """Published on Friday 5 May 2028, closes on Wednesday 17."""
    reloj.situar(_en_bolivia(2028, 5, 5, 10))
    return _publicar(feria_con_calendario, _en_bolivia(2028, 5, 17, 16), CAMIONETA).id


def _programar(feria: Feria, id_: UUID, cambio: dict[Etapa, date], motivo: str = "") -> Cronograma:
    with transaccion() as sesion:
        return programar(sesion, feria.entidad.actor, id_, DIAS | cambio, motivo)


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        (_dias(consultas=(5, 4)), "entre la publicación, el 5 de mayo de 2028, y el cierre"),
        (_dias(aclaracion=(5, 18)), "entre la publicación"),
        (_dias(apertura=(5, 16)), "después del cierre, el 17 de mayo de 2028"),
        (_dias(evaluacion=(5, 26)), "No puede ser antes de «Informe de evaluación»"),
        (_dias(adjudicacion=(5, 25)), "Aniversario de Chuquisaca"),
        (_dias(contrato=(6, 4)), "fin de semana"),
        (_dias(documentos=(5, 26), contrato=(5, 30)), "puede ser desde el 31 de mayo de 2028"),
    ],
    ids=["consultas", "aclaracion", "apertura", "orden", "feriado", "domingo", "impugnacion"],
)
def test_un_dia_que_no_puede_ser(
    cambio: dict[Etapa, date], dice: str, feria_con_calendario: Feria, proceso: UUID, sesion: Session
) -> None:
    with pytest.raises(ErrorDominio, match=dice) as negado:
        _programar(feria_con_calendario, proceso, cambio)
    assert set(negado.value.campos or {"nada": ""}) <= {str(e) for e in Etapa}
    assert sesion.exec(select(Cronograma)).all() == []


def test_se_fija_se_cambia_con_motivo_y_se_cuenta(
    feria_con_calendario: Feria, proceso: UUID, reloj: Any, sesion_web: Callable[..., Any], cliente: Any
) -> None:
    """Awarded on Wednesday 24 May: 26, 29 and 30 to contest it, the documents on the 31st at the earliest."""
    feria = feria_con_calendario
    entidad = sesion_web(feria.entidad.persona)
    formulario = entidad.get(f"/compras/{proceso}/cronograma").text
    assert 'value="2028-05-17"' in formulario
    assert 'name="motivo"' not in formulario
    assert "no fijó otros días" in cliente.get(f"/feria/{proceso}/cronograma").text
    hecho = entidad.post(
        f"/compras/{proceso}/cronograma", data={str(e): d.isoformat() for e, d in DIAS.items()}
    )
    assert hecho.headers["location"] == f"/feria/{proceso}/cronograma"
    publica = cliente.get(f"/feria/{proceso}/cronograma").text
    for dicho in ("miércoles 24 de mayo de 2028", "Aniversario de Chuquisaca", "Cumple el plazo"):
        assert dicho in publica
    assert publica.count("Cuenta: día") == 8 + 4 + 3

    with pytest.raises(ErrorDominio, match="al menos 10 letras"):
        _programar(feria, proceso, _dias(documentos=(5, 30)))
    assert _programar(feria, proceso, _dias(documentos=(5, 30)), "El jefe viaja esa semana.").numero == 2
    dice = cliente.get(f"/api/v1/convocatorias/{proceso}/cronograma").json()
    assert (dice["numero"], dice["motivo"]) == (2, "El jefe viaja esa semana.")
    assert {e["etapa"]: e["dia"] for e in dice["etapas"]}["documentos"] == "2028-05-30"
    plazos = {p["codigo"]: (p["ultimo_dia"], p["cumple"]) for p in dice["plazos"]}
    assert plazos == {
        "feria.ofertar_anpp": ("2028-05-17", True),
        "feria.documentos_anpp": ("2028-05-31", False),
        "feria.impugnar_anpp": ("2028-05-30", True),
    }
    assert [a for a in dice["avisos"] if "31 de mayo de 2028" in a] == dice["avisos"]

    reloj.situar(_en_bolivia(2028, 5, 18, 10))
    with pytest.raises(ErrorDominio, match="Ese día ya pasó"):
        _programar(feria, proceso, _dias(aclaracion=(5, 11)), "Se corrige la fecha.")
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, proceso, "Ya no hace falta.")
    with pytest.raises(ErrorDominio, match="que no terminó"):
        _programar(feria, proceso, {}, "Se corrige la fecha.")
    otra_vez = sesion_web(feria.entidad.persona)
    assert otra_vez.get(f"/compras/{proceso}/cronograma").status_code == 409


def test_fuera_de_horario_se_avisa_y_no_se_impide(
    feria_con_calendario: Feria, reloj: Any, cliente: Any
) -> None:
    reloj.situar(_en_bolivia(2028, 4, 3, 10))
    id_ = _publicar(feria_con_calendario, _en_bolivia(2028, 4, 10, 21)).id
    (aviso,) = cliente.get(f"/api/v1/convocatorias/{id_}/cronograma").json()["avisos"]
    assert aviso == "A las 21:00 las oficinas suelen estar cerradas: atienden de 08:30 a 18:30."


_OTRO = (
    "INSERT INTO feria_cronograma (convocatoria_id, numero, apertura, adjudicacion, contrato, motivo)"
    " SELECT convocatoria_id, {}, contrato, 'Diez letras' FROM feria_cronograma"
)


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_cronograma SET contrato = contrato + 1",
        "DELETE FROM feria_cronograma",
        _OTRO.format("3, apertura, adjudicacion"),
        _OTRO.format("2, apertura - 1, adjudicacion"),
        _OTRO.format("2, apertura, apertura - 1"),
    ],
)
def test_la_base_lo_juzga_otra_vez(
    sentencia: str, feria_con_calendario: Feria, proceso: UUID, duenio: Engine
) -> None:
    _programar(feria_con_calendario, proceso, {})
    with pytest.raises(IntegrityError), duenio.begin() as conexion:
        conexion.execute(text(sentencia))
