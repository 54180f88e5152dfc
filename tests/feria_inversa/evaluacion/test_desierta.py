"""Why something is deserted: a cause of the list that the bids bear out, or another in words."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.causas import CausaDesierta
from feria_inversa.evaluacion.consultas import adjudicaciones_de
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.procesos.errores import FaltaMotivo
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado

PALABRAS = "La silla no tiene respaldo."


def abiertos(feria: Feria, reloj: Any, *precios: str | None) -> list[tuple[UUID, UUID | None]]:
    """A process of a chair of Bs 100 for each price that Ana asks, opened; None: nobody bids."""
    procesos = [feria.publicada(items=[item("Silla", "2", "100.00")]).id for _precio in precios]
    ofertas = [
        None if precio is None else feria.ofertar(feria.ana, id_, [precio])
        for id_, precio in zip(procesos, precios, strict=True)
    ]
    reloj.adelantar(timedelta(days=10, seconds=1))
    for id_ in procesos:
        with transaccion() as sesion:
            abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return list(zip(procesos, ofertas, strict=True))


def decide(
    feria: Feria, id_: UUID, causa: str | None, motivo: str = "", oferta: UUID | None = None
) -> Adjudicacion:
    dicho = DecisionEntrada(
        item_id=feria.items(id_)[0].id,
        oferta_id=oferta,
        causa=None if causa is None else CausaDesierta(causa),
        motivo=motivo,
    )
    with transaccion() as sesion:
        (fila,) = adjudicar(sesion, feria.entidad.actor, id_, [dicho])
        return fila


def test_se_dice_por_que_en_cada_parte(feria: Feria, reloj: Any, sesion: Session, cliente: Any) -> None:
    """A cause of the list needs no words; «otra» does, and is what is not said."""
    casos = [
        ("sin_propuestas", "", "No se presentaron proponentes", "No se presentaron proponentes."),
        (
            "sobre_presupuesto",
            "Pide Bs 111.",
            "Pide Bs 111.",
            "Las propuestas económicas superaron el presupuesto. Pide Bs 111.",
        ),
        (
            "no_cumplen",
            PALABRAS,
            PALABRAS,
            f"Las propuestas no cumplieron aspectos técnicos o administrativos. {PALABRAS}",
        ),
        (
            None,
            "Se acabó el dinero de este año.",
            "Se acabó el dinero de este año.",
            "Se acabó el dinero de este año.",
        ),
    ]
    procesos = abiertos(feria, reloj, None, "111", "90", "90")
    for (id_, _oferta), (causa, palabras, motivo, dicho) in zip(procesos, casos, strict=True):
        decide(feria, id_, causa, palabras)
        salida = cliente.get(f"/api/v1/convocatorias/{id_}").json()["items"][0]["adjudicacion"]
        assert (salida["causa"], salida["motivo"]) == (causa or "otra", motivo)
        sesion.rollback()
        (premio,) = compilado(sesion, id_)["awards"]
        assert (premio["status"], premio["description"]) == ("unsuccessful", f"Ítems desiertos. 1: {dicho}")
        assert dicho in cliente.get(f"/feria/{id_}").text


@pytest.mark.parametrize(
    ("precio", "causa"),
    [
        ("90", "sin_propuestas"),
        ("90", "sobre_presupuesto"),
        ("90", "desistimiento"),
        ("90", "descalificacion"),
        (None, "no_cumplen"),
        (None, "sobre_presupuesto"),
    ],
)
def test_la_que_las_ofertas_no_dicen_se_niega(
    feria: Feria, reloj: Any, precio: str | None, causa: str
) -> None:
    ((id_, _oferta),) = abiertos(feria, reloj, precio)
    with pytest.raises(DatosInvalidos, match="las ofertas no dicen esa causa") as negada:
        decide(feria, id_, causa, PALABRAS)
    assert set(negada.value.campos) == {"decisiones.0.causa"}
    _sigue_en_evaluacion(id_)


def test_lo_adjudicado_no_tiene_causa_y_otra_se_explica(feria: Feria, reloj: Any, duenio: Engine) -> None:
    ((id_, oferta),) = abiertos(feria, reloj, "90")
    with pytest.raises(DatosInvalidos, match="usted eligió una oferta"):
        decide(feria, id_, "otra", PALABRAS, oferta)
    with pytest.raises(FaltaMotivo, match="explique por qué lo declara desierto"):
        decide(feria, id_, "otra")
    for palabras in ("", "No cumple"):
        with pytest.raises(FaltaMotivo, match="explique por qué lo declara desierto"):
            decide(feria, id_, "no_cumplen", palabras)  # nobody left that bid out
    _sigue_en_evaluacion(id_)
    fila = decide(feria, id_, "no_cumplen", PALABRAS)
    otra = (
        "INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, reemplaza_a, causa,"
        " es_menor_precio, motivo, decidida_en, decidida_por)"
        " SELECT gen_random_uuid(), convocatoria_id, item_id, '{}', id, {}, false, motivo, now(), ''"
        " FROM feria_adjudicacion WHERE id = :id"
    )
    with pytest.raises(IntegrityError, match="what is deserted says why"), duenio.begin() as bd:
        bd.execute(text(otra.format("desierto", "NULL")), {"id": fila.id})
    for resultado, causa, regla in (
        ("revocado", "'otra'", "causa_de_desierta"),
        ("desierto", "'porque_si'", "adjudicacion_causa"),
    ):
        with pytest.raises(IntegrityError, match=regla):
            _sin_guardas(duenio, otra.format(resultado, causa), fila.id)


def test_si_la_evaluacion_dejo_fuera_todas_no_hacen_falta_palabras(feria: Feria, reloj: Any) -> None:
    ((id_, oferta),) = abiertos(feria, reloj, "90")
    fuera = {"oferta_id": oferta, "causa": "no_cumple", "explicacion": PALABRAS}
    with transaccion() as sesion:
        datos = CalificacionEntrada.model_validate({"revisadas": [fuera]})
        calificar(sesion, feria.entidad.actor, id_, datos)
    fila = decide(feria, id_, "no_cumplen")
    assert fila.motivo == "Las propuestas no cumplieron aspectos técnicos o administrativos"


def test_la_del_que_gano_y_desistio(feria: Feria, reloj: Any) -> None:
    ((id_, oferta),) = abiertos(feria, reloj, "90")
    decide(feria, id_, None, oferta=oferta)
    with transaccion() as sesion:
        item_id = feria.items(id_)[0].id
        dejar_sin_efecto(sesion, feria.entidad.actor, id_, item_id, EstadoItem.DESISTIDO, PALABRAS)
    with pytest.raises(DatosInvalidos):
        decide(feria, id_, "descalificacion")
    fila = decide(feria, id_, "desistimiento")
    assert (fila.causa, fila.motivo) == ("desistimiento", "Desierto por desistimiento")


def test_la_pagina_propone_la_que_nadie_duda(feria: Feria, reloj: Any, sesion_web: Any) -> None:
    procesos = abiertos(feria, reloj, None, "111", "90")
    entidad = sesion_web(feria.entidad.persona)
    elegidas = ["sin_propuestas", "sobre_presupuesto", None]
    for (id_, _oferta), elegida in zip(procesos, elegidas, strict=True):
        pagina = entidad.get(f"/compras/{id_}").text
        assert 'name="decisiones.1.causa"' in pagina
        for causa in CausaDesierta:
            assert (f'value="{causa}" selected' in pagina) == (causa == elegida)
    id_, oferta = procesos[0][0], procesos[2][1]
    datos = {
        "decisiones.1.oferta_id": "desierto",
        "decisiones.1.causa": "sin_propuestas",
        "decisiones.1.motivo": "",
    }
    assert entidad.post(f"/compras/{id_}/adjudicacion", data=datos).status_code == 303
    datos = {
        "decisiones.1.oferta_id": str(oferta),
        "decisiones.1.causa": "no_cumplen",
        "decisiones.1.motivo": "",
    }
    ruta = f"/compras/{procesos[2][0]}/adjudicacion"
    negada = entidad.post(ruta, data=datos | {"decisiones.1.oferta_id": "desierto"})
    assert (negada.status_code, "explique por qué lo declara desierto" in negada.text) == (422, True)
    assert entidad.post(ruta, data=datos).status_code == 303


def _sin_guardas(duenio: Engine, sentencia: str, id_: UUID) -> None:
    """As the owner, without triggers: what is left are the constraints."""
    with duenio.begin() as bd:
        bd.execute(text("ALTER TABLE feria_adjudicacion DISABLE TRIGGER USER"))
        bd.execute(text(sentencia), {"id": id_})


def _sigue_en_evaluacion(id_: UUID) -> None:
    with transaccion() as sesion:
        assert sesion.get_one(Convocatoria, id_).estado == "evaluacion"
        assert adjudicaciones_de(sesion, id_) == {}
