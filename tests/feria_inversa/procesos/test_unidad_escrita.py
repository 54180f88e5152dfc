"""A unit of measure that is of no list: kept as it was written and said to be so, never taken for another."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.ofertas.catalogo import _sugerida
from feria_inversa.plan.archivo import plan_en_csv
from feria_inversa.plan.errores import ArchivoDePlanInvalido
from feria_inversa.precios import leer_medida
from feria_inversa.procesos.esquemas import ItemEntrada
from feria_inversa.procesos.precios_pasados import Buscado, precios_pasados
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo
from tests.feria_inversa.expediente.test_actos import Api, huella
from tests.feria_inversa.plan.ayudas import EN_MARZO, borrador, entrada, lineas, publicado
from tests.feria_inversa.plan.test_archivo import sube

API = "/api/v1/convocatorias"
ESCRITA = "Garrafón retornable"
COMO_SE_LEE = "12,5 (unidad escrita por la entidad: «Garrafón retornable»)"


@pytest.fixture
def api(cliente: Any, token_de: Callable[..., str]) -> Api:
    return Api(cliente, token_de)


def agua(cantidad: str = "12.5") -> ItemEntrada:
    return ItemEntrada.model_validate(
        {
            "descripcion": "Agua purificada",
            "cantidad": cantidad,
            "unidad_texto": ESCRITA,
            "precio_referencial": {"monto": "30.00", "moneda": "BOB"},
        }
    )


def adjudicada(feria: Feria, reloj: Any, *items: ItemEntrada) -> Any:
    """A process of these items, all of them Ana's at Bs 20."""
    id_ = feria.publicada(items=list(items)).id
    oferta = feria.ofertar(feria.ana, id_, ["20"] * len(items))
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    decisiones = [DecisionEntrada(item_id=i.id, oferta_id=oferta) for i in feria.items(id_)]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)
    return id_


def test_de_la_convocatoria_a_la_orden(
    feria: Feria, sesion: Session, reloj: Any, api: Api, cliente: TestClient
) -> None:
    assert leer_medida(ESCRITA) is None
    id_ = adjudicada(feria, reloj, agua(), item("Vaso", "100", "20"))
    assert COMO_SE_LEE in cliente.get(f"/feria/{id_}").text
    dicho, vaso = api("GET", f"{API}/{id_}", None).json()["items"]
    assert (dicho["unidad_medida"], dicho["unidad_texto"]) == (None, ESCRITA)
    assert (vaso["unidad_medida"], vaso["unidad_texto"]) == ("pieza", None)

    (orden,) = api("POST", f"{API}/{id_}/ordenes-de-compra", feria.entidad).json()
    assert [(li["unidad_medida"], li["unidad_texto"]) for li in orden["lineas"]] == [
        (None, ESCRITA),
        ("pieza", None),
    ]
    publicar_todo()
    unidad = {"name": ESCRITA, "value": {"amount": 30.0, "currency": "BOB"}}
    record = cliente.get(f"/ocds/records/{feria_ocid(sesion, id_)}").json()["records"][0]
    assert record["compiledRelease"]["tender"]["items"][0]["unit"] == unidad
    contratado = record["compiledRelease"]["contracts"][0]["items"][0]["unit"]
    assert contratado == unidad | {"value": {"amount": 20.0, "currency": "BOB"}}


def feria_ocid(sesion: Session, id_: Any) -> str:
    ocid = text("SELECT ocid FROM feria_convocatoria WHERE id = :id")
    return str(sesion.connection().execute(ocid, {"id": id_}).scalar_one())


def test_su_precio_no_se_mezcla(feria: Feria, reloj: Any, sesion_web: Callable[..., Any]) -> None:
    for _vez in range(3):
        adjudicada(feria, reloj, agua())
    with transaccion() as sesion:
        hallados = precios_pasados(
            sesion, [Buscado("Agua purificada", unidad) for unidad in ("unidad", None)]
        )
    assert [hallado.veces for hallado in hallados] == [0, 0]
    hoja = sesion_web(feria.entidad.persona).get(f"/compras/{feria.borrador([agua()]).id}/items").text
    assert "Su unidad no está en la lista: no se compara con lo adjudicado antes." in hoja


def test_una_u_otra_y_ninguna_que_se_conozca(feria: Feria, sesion: Session, api: Api) -> None:
    url = f"{API}/{feria.borrador().id}"
    agua_ = agua().model_dump(mode="json", exclude={"unidad_medida", "unidad_texto"})
    lista = "Elija la unidad de medida o, si no está en la lista, escríbala."
    dos = (
        "Eligió «pieza» y escribió «Garrafón retornable»: borre la escrita, o elija que no está en la lista."
    )
    casos = [
        ({}, {"items.0.unidad_medida": lista}),
        ({"unidad_medida": "pieza", "unidad_texto": ESCRITA}, {"items.0.unidad_texto": dos}),
        (
            {"unidad_texto": "PZAS."},
            {"items.0.unidad_texto": "Esa unidad está en la lista: elija «pieza»."},
        ),
        (
            {"unidad_texto": "CAJA X 50"},
            {"items.0.unidad_texto": "Como unidad escriba solo «caja»; cuánto trae va en la descripción."},
        ),
        ({"unidad_texto": "20"}, {"items.0.unidad_texto": "Escriba la unidad en letras, hasta 60."}),
        (
            {"unidad_medida": ESCRITA},
            {
                "items.0.unidad_medida": "Elija la unidad de medida de la lista o, si no está, escríbala en "
                "unidad_texto: quedará así."
            },
        ),
    ]
    antes = huella(sesion)
    for unidad, campos in casos:
        negada = api("PATCH", url, feria.entidad, {"items": [agua_ | unidad]}, **{"If-Match": '"1"'})
        assert (negada.status_code, negada.json()["campos"]) == (422, campos)
        assert huella(sesion) == antes


@pytest.mark.parametrize(
    ("tabla", "regla"),
    [
        ("feria_item", "una_unidad"),
        ("feria_orden_linea", "una_unidad"),
        ("feria_plan_linea", "cantidad"),
    ],
)
def test_la_base_guarda_una_sola(feria: Feria, reloj: Any, api: Api, tabla: str, regla: str) -> None:
    id_ = adjudicada(feria, reloj, agua("2"))
    assert api("POST", f"{API}/{id_}/ordenes-de-compra", feria.entidad).status_code == 201
    borrador(feria, lineas=[entrada(cantidad="2", unidad_texto=ESCRITA)])
    for cambio in ("unidad_medida = 'pieza'", "unidad_texto = NULL"):
        with feria.duenio.connect() as conexion:
            conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
            with pytest.raises(IntegrityError, match=f"ck_{tabla}_{regla}"):
                conexion.execute(text(f"UPDATE {tabla} SET {cambio}"))


def test_el_formulario_pregunta_una_vez(feria: Feria, sesion: Session, sesion_web: Any) -> None:
    pagina, id_ = sesion_web(feria.entidad.persona), feria.borrador([]).id
    camino = f"/compras/{id_}/items"
    dicho = {"descripcion": "Agua purificada", "cantidad": "12,5", "precio_referencial": "30"}
    antes = huella(sesion)
    negada = pagina.post(camino, data=dicho | {"unidad_medida": "pieza", "unidad_texto": ESCRITA})
    assert negada.status_code == 422
    assert (
        "Eligió «pieza» y escribió «Garrafón retornable»: borre la escrita, o elija que no está en la lista."
        in negada.text
    )
    assert huella(sesion) == antes
    mirada = pagina.post(camino, data=dicho | {"unidad_medida": "", "unidad_texto": ESCRITA, "mirar": "1"})
    assert "Una unidad que no está en la lista no se compara con lo adjudicado antes." in mirada.text
    assert pagina.post(camino, data=dicho | {"unidad_medida": "", "unidad_texto": ESCRITA}).status_code == 303
    assert COMO_SE_LEE in pagina.get(camino).text


def test_en_el_plan(feria: Feria, reloj: Any, sesion_web: Any, cliente: TestClient) -> None:
    reloj.situar(EN_MARZO)
    plan_id = publicado(feria, lineas=[entrada(cantidad="12.5", unidad_texto=ESCRITA)])
    assert COMO_SE_LEE in cliente.get(f"/feria/planes?entidad={feria.entidad.id}").text
    with transaccion() as sesion:
        escrito = plan_en_csv(sesion, plan_id).decode("utf-8-sig")
    assert f";12.5;;{ESCRITA};" in escrito
    hoja = sesion_web(feria.entidad.persona).get(f"/planes/{plan_id}/lineas/1").text
    assert f'value="{ESCRITA}"' in hoja


def test_la_planilla_del_plan(feria: Feria, reloj: Any) -> None:
    reloj.situar(EN_MARZO)
    plan_id = borrador(feria, lineas=[])
    encabezado = "objeto;mes;monto;partida;cantidad;unidad_medida;unidad_texto\n"
    sube(feria, plan_id, f"{encabezado}Agua purificada;marzo;1250;31120;2,5;;{ESCRITA}\n")
    assert [(x.unidad_medida, x.unidad_texto) for x in lineas(plan_id)] == [(None, ESCRITA)]
    with pytest.raises(ArchivoDePlanInvalido) as negado:
        sube(feria, plan_id, f"{encabezado}Agua purificada;marzo;1250;31120;2,5;{ESCRITA};\n")
    assert negado.value.campos == {
        "linea-2": "Línea 2: unidad_medida: La unidad de medida es de la lista: pieza, caja, kilogramo,"
        " servicio… Si no está, escríbala en unidad_texto. Se leyó «Garrafón retornable»."
    }
    assert len(lineas(plan_id)) == 1


def test_el_catalogo_no_le_responde_con_su_precio(feria: Feria) -> None:
    with transaccion() as sesion:
        unidad = unidad_por_id(sesion, feria.ana.id)
    producto: Any = SimpleNamespace(
        id=unidad.id, unidad_medida=ESCRITA, titulo="Agua", descripcion="", origen="", precio=bs("20")
    )
    assert _sugerida(unidad, producto, None).precio_unitario == ""
