"""The qualification of the bids is an act, its arithmetic is exact, and the decision stands on it."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos.convocatorias import crear_borrador
from feria_inversa.procesos.errores import EstadoNoPermite, FaltaMotivo
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.plantillas import filtro_instante
from tests.feria_inversa.conftest import SUCRE, Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado

ITEMS = [item("Silla", "10", "100.00")]  # 1.000,00
CALIDAD: dict[str, Any] = {"metodo": "calidad_y_costo", "puntos_tecnica": 70, "minimo_tecnica": 50}
NO_CUMPLE = {"causa": "no_cumple", "explicacion": "La madera no es la que se pide."}


@pytest.fixture
def abierta(feria: Feria, reloj: Any) -> Any:
    """`abierta("100.00", "90.00", metodo=…)`: a call whose two bids, of Ana and of Beto, are open."""

    def abrir(de_ana: str, de_beto: str, **campos: Any) -> tuple[UUID, UUID, UUID]:
        id_ = feria.publicada(items=ITEMS, **campos).id
        ana = feria.ofertar(feria.ana, id_, [de_ana])
        beto = feria.ofertar(feria.beto, id_, [de_beto])
        reloj.adelantar(timedelta(days=10, seconds=1))
        with transaccion() as sesion:
            abrir_convocatoria(sesion, feria.entidad.actor, id_)
        return id_, ana, beto

    return abrir


def evalua(feria: Feria, id_: UUID, revisadas: dict[UUID, dict[str, Any]], *puntos: tuple[UUID, str]) -> int:
    """The number of the act."""
    (silla,) = feria.items(id_)
    entrada = CalificacionEntrada.model_validate(
        {
            "revisadas": [{"oferta_id": o, **dicho} for o, dicho in revisadas.items()],
            "puntajes": [{"oferta_id": o, "item_id": silla.id, "puntos": p} for o, p in puntos],
        }
    )
    with transaccion() as sesion:
        return calificar(sesion, feria.entidad.actor, id_, entrada).numero


def decide(feria: Feria, id_: UUID, oferta_id: UUID | None, motivo: str = "") -> Adjudicacion:
    with transaccion() as sesion:
        return decide_con(sesion, feria, id_, oferta_id, motivo)


def decide_con(
    sesion: Session, feria: Feria, id_: UUID, oferta_id: UUID | None, motivo: str = ""
) -> Adjudicacion:
    (silla,) = feria.items(id_)
    decision = DecisionEntrada(item_id=silla.id, oferta_id=oferta_id, motivo=motivo)
    (fila,) = adjudicar(sesion, feria.entidad.actor, id_, [decision])
    return fila


def ultima(sesion: Session, id_: UUID) -> dict[str, Any]:
    consulta = select(Acta).where(Acta.convocatoria_id == id_).order_by(col(Acta.numero).desc())
    acta = sesion.exec(consulta).first()
    assert acta is not None
    assert acta.clase == "evaluacion"
    dicho: dict[str, Any] = json.loads(acta.contenido)
    return dicho


def test_un_margen_pone_primero_a_quien_cuesta_mas(feria: Feria, abierta: Any, sesion: Session) -> None:
    id_, ana, beto = abierta("100.00", "90.00")
    numero = evalua(feria, id_, {ana: {"margenes": ["hecho_en_bolivia", "mype"]}, beto: {}})
    # 1.000 × (100 − 10 − 20) / 100 = 700, before 900.
    (grupo,) = ultima(sesion, id_)["grupos"]
    assert [(p["oferta"], p["precio"], p["precio_evaluado"], p["lugar"]) for p in grupo["puestos"]] == [
        (str(ana), 1000.0, "700", 1),
        (str(beto), 900.0, "900", 2),
    ]
    with pytest.raises(FaltaMotivo):
        decide(feria, id_, beto)
    fila = decide(feria, id_, ana)
    assert (fila.total, fila.es_menor_precio) == (ITEMS[0].precio_referencial * 10, False)
    assert fila.motivo == f"Es la primera según la calificación de las ofertas, acta {numero}."


def test_la_que_queda_fuera_no_se_adjudica(feria: Feria, abierta: Any, sesion: Session) -> None:
    id_, ana, beto = abierta("100.00", "90.00")
    evalua(feria, id_, {ana: {}, beto: NO_CUMPLE})
    with pytest.raises(DatosInvalidos, match="dejó fuera esa oferta"):
        decide(feria, id_, beto, "Porque es la más barata.")
    detalles = compilado(sesion, id_)["bids"]["details"]
    assert [d["status"] for d in detalles] == ["pending", "disqualified"]
    sesion.rollback()
    evalua(feria, id_, {ana: {}, beto: {}})  # the last one counts
    assert decide(feria, id_, beto).es_menor_precio


def test_la_calidad_se_puntua_antes_de_decidir(feria: Feria, abierta: Any, sesion: Session) -> None:
    id_, ana, beto = abierta("90.00", "80.00", **CALIDAD)
    with pytest.raises(DatosInvalidos, match="falta evaluar esa oferta"):
        decide(feria, id_, ana, "Porque es la mejor de todas.")
    evalua(feria, id_, {ana: {}, beto: {}}, (ana, "65"), (beto, "60.5"))
    # Ana: 30 × 800/900 = 80/3, + 65 = 275/3 = 91,666…; Beto: 30 + 60,5 = 90,5.
    (grupo,) = ultima(sesion, id_)["grupos"]
    assert [(p["oferta"], p["puntos_precio"], p["total"], p["lugar"]) for p in grupo["puestos"]] == [
        (str(ana), "80/3", "275/3", 1),
        (str(beto), "30", "181/2", 2),
    ]
    sesion.rollback()
    evalua(feria, id_, {ana: {}, beto: {}}, (ana, "49.9999"), (beto, "60.5"))
    with pytest.raises(DatosInvalidos, match="no llega al mínimo técnico"):
        decide(feria, id_, ana, "Porque es la mejor de todas.")
    assert decide(feria, id_, beto).es_menor_precio


@pytest.mark.parametrize(
    ("de_ana", "falta"),
    [
        (None, "Revise todas las ofertas"),
        ({"causa": "no_cumple", "explicacion": "No."}, "Explique la causa"),
        ({"margenes": ["inventado"]}, "Elija márgenes vigentes"),
        ({"margenes": ["hecho_en_bolivia", "costo_local_50"]}, "a lo más uno de cada clase"),
        ({"margenes": ["mype", "mype"]}, "a lo más uno de cada clase"),
    ],
)
def test_el_informe_es_de_todas_y_con_lo_que_hay(
    feria: Feria, abierta: Any, sesion: Session, de_ana: dict[str, Any] | None, falta: str
) -> None:
    id_, ana, beto = abierta("100.00", "90.00")
    revisadas = {beto: {}} if de_ana is None else {ana: de_ana, beto: {}}
    with pytest.raises(DatosInvalidos, match=falta):
        evalua(feria, id_, revisadas)
    assert sesion.exec(select(Acta.clase).where(Acta.convocatoria_id == id_)).all() == ["apertura"]


@pytest.mark.parametrize(
    ("metodo", "de_ana", "falta"),
    [
        ("precio", "10", "solo se compara el precio"),
        ("calidad_y_costo", None, "Ponga los puntos técnicos"),
        ("calidad_y_costo", "70.0001", "vale hasta 70 puntos"),
    ],
)
def test_los_puntos_son_los_que_el_metodo_pide(
    feria: Feria, abierta: Any, metodo: str, de_ana: str | None, falta: str
) -> None:
    id_, ana, beto = abierta("100.00", "90.00", **(CALIDAD if metodo != "precio" else {}))
    puntos = [(ana, de_ana)] if de_ana else []
    if metodo != "precio":
        puntos.append((beto, "60"))
    with pytest.raises(DatosInvalidos, match=falta):
        evalua(feria, id_, {ana: {}, beto: {}}, *puntos)


def test_de_dos_iguales_va_antes_la_primera_y_se_dice(
    feria: Feria, abierta: Any, sesion: Session, cliente: Any, sesion_web: Any
) -> None:
    """On the pages, in the act of the qualification, if there is one, and as the reason of the decision."""
    id_, ana, beto = abierta("90.00", "90.00")
    antes, despues = (filtro_instante(sesion.get_one(Oferta, o).presentada_en) for o in (ana, beto))
    dicho = (
        "Empatan 2 ofertas: va antes la de Cooperativa Ana, que se presentó primero, el "
        f"{antes}; la que sigue, el {despues}."
    )
    sesion.rollback()
    assert re.search(r", \d\d:\d\d:\d\d$", antes)
    mesa = sesion_web(feria.entidad.persona)
    assert dicho in cliente.get(f"/feria/{id_}").text
    assert dicho in mesa.get(f"/compras/{id_}").text
    with pytest.raises(FaltaMotivo):
        decide(feria, id_, beto)
    with transaccion() as otra:
        assert decide_con(otra, feria, id_, ana).motivo == dicho
        otra.rollback()

    numero = evalua(feria, id_, {ana: {}, beto: {}})
    assert [grupo["empate"] for grupo in ultima(sesion, id_)["grupos"]] == [dicho]
    sesion.rollback()
    motivo = f"Es la primera según la calificación de las ofertas, acta {numero}. {dicho}"
    assert decide(feria, id_, ana).motivo == motivo
    assert cliente.get(f"/feria/{id_}").text.count(dicho) == 1


def test_se_evalua_lo_que_esta_en_evaluacion(feria: Feria, abierta: Any, sesion: Session) -> None:
    id_, ana, beto = abierta("100.00", "90.00")
    decide(feria, id_, beto)
    with pytest.raises(EstadoNoPermite):
        evalua(feria, id_, {ana: {}, beto: {}})
    copia = text(
        "INSERT INTO feria_acta SELECT gen_random_uuid(), convocatoria_id, numero + 1, 'evaluacion',"
        " contenido, huella, hecha_en, hecha_por, version FROM feria_acta"
    )
    with pytest.raises(DBAPIError, match="an act is written when it is done"):
        sesion.connection().execute(copia)
    sesion.rollback()
    with pytest.raises(DBAPIError, match="how a published call compares"):
        sesion.connection().execute(
            text("UPDATE feria_convocatoria SET metodo = 'calidad', puntos_tecnica = 100")
        )
    sesion.rollback()


@pytest.mark.parametrize(
    ("campos", "campo"),
    [
        ({"metodo": "calidad"}, "puntos_tecnica"),
        ({"puntos_tecnica": 10}, "puntos_tecnica"),
        ({"metodo": "calidad_y_costo", "puntos_tecnica": 100}, "puntos_tecnica"),
        ({"metodo": "menor_costo", "puntos_tecnica": 60, "minimo_tecnica": 61}, "minimo_tecnica"),
    ],
)
def test_lo_que_vale_la_calidad_va_con_el_metodo(feria: Feria, campos: dict[str, Any], campo: str) -> None:
    datos = {"titulo": "Sillas", "municipio_ine": SUCRE, "plazo_entrega_dias": 30} | campos
    with pytest.raises(DatosInvalidos) as error, transaccion() as sesion:
        crear_borrador(
            sesion, feria.entidad.actor, feria.entidad.id, ConvocatoriaEntrada.model_validate(datos), ITEMS
        )
    assert list(error.value.campos or {}) == [campo]


def test_por_las_paginas(feria: Feria, abierta: Any, sesion_web: Any, cliente: Any) -> None:
    id_, _ana, beto = abierta("90.00", "80.00", **CALIDAD)
    entidad, base = sesion_web(feria.entidad.persona), f"/compras/{id_}"
    assert "primero califique las ofertas" in entidad.get(base).text
    formulario = entidad.get(f"{base}/calificacion").text
    assert "Puntos técnicos de 0 a 70" in formulario
    assert "Hecho en Bolivia: 10 %" in formulario
    dicho = {"revisadas.1.causa": "sigue", "revisadas.2.causa": "no_cumple"}
    negado = entidad.post(f"{base}/calificacion", data=dicho)
    assert negado.status_code == 422
    assert "Explique la causa con al menos 10 letras: será pública." in negado.text
    assert 'id="revisadas.2.explicacion-error"' in negado.text
    dicho |= {"revisadas.2.causa": "sigue", "puntajes.1.puntos": "65", "puntajes.2.puntos": "sesenta"}
    negado = entidad.post(f"{base}/calificacion", data=dicho)
    assert negado.status_code == 422
    assert 'value="65"' in negado.text
    dicho |= {"puntajes.2.puntos": "60,5", "revisadas.2.productor": "mype"}
    assert entidad.post(f"{base}/calificacion", data=dicho).status_code == 303
    # Beto: 800 × 80/100 = 640, 30 points; Ana: 30 × 640/900 = 64/3 = 21,33…, + 65 = 259/3 = 86,33….
    publica = cliente.get(f"/feria/{id_}").text
    assert "Bs\xa0800,00 × (100 − 20) / 100 = 640,00" in publica
    assert "21,33… (64/3) = 86,33… (259/3)" in publica
    assert "60,50 + de precio 30,00 = 90,50" in publica
    assert 'value="60,5"' in entidad.get(f"{base}/calificacion").text
    assert cliente.get(f"/api/v1/convocatorias/{id_}").json()["calificacion"] == 2
    assert entidad.post(f"{base}/adjudicacion", data={"decisiones.1.oferta_id": str(beto)}).status_code == 303
