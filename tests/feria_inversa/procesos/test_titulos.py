"""Titles as long as those of real processes, which run to 918 letters."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from feria_inversa.plan.enlazar import para_empezar
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.navegador import desborde
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.expediente.test_actos import API, Api, _nueva, huella
from tests.feria_inversa.plan.ayudas import entrada, publicado

PALABRA = "Mantenimiento preventivo y correctivo de equipos de computación, impresión y comunicación; "
LARGO = (PALABRA * 11)[:917] + "."


@pytest.fixture
def api(cliente: Any, token_de: Callable[..., str]) -> Api:
    return Api(cliente, token_de)


def test_caben_mil_letras_y_no_mas(feria: Feria, sesion: Session, api: Api, duenio: Engine) -> None:
    nueva = _nueva(feria.entidad.id)
    creada = api("POST", API, feria.entidad, nueva | {"titulo": LARGO})
    assert (creada.status_code, len(LARGO), creada.json()["titulo"]) == (201, 918, LARGO)
    assert api("POST", API, feria.entidad, nueva | {"titulo": "a" * 1000}).status_code == 201

    antes = huella(sesion)
    demas = api("POST", API, feria.entidad, nueva | {"titulo": "a" * 1001})
    assert (demas.status_code, list(demas.json()["campos"])) == (422, ["titulo"])
    poco = api("POST", API, feria.entidad, nueva | {"titulo": "abcd"})
    assert (poco.status_code, list(poco.json()["campos"])) == (422, ["titulo"])
    assert huella(sesion) == antes
    with pytest.raises(IntegrityError, match="ck_feria_convocatoria_titulo"), duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE feria_convocatoria SET titulo = 'abcd' WHERE id = :id"), {"id": creada.json()["id"]}
        )


def test_una_linea_del_plan_da_su_objeto_entero(feria: Feria, sesion_web: Any) -> None:
    plan_id = publicado(feria, fecha_bolivia(ahora()).year, [entrada(objeto=LARGO)])
    with transaccion() as sesion:
        (linea_id,) = (
            sesion.connection()
            .execute(text("SELECT id FROM feria_plan_linea WHERE plan_id = :plan"), {"plan": plan_id})
            .scalars()
        )
        assert para_empezar(sesion, linea_id).titulo == LARGO
    formulario = sesion_web(feria.entidad.persona).get(f"/compras/nueva?linea={linea_id}").text
    assert f'value="{LARGO}"' in formulario


@pytest.mark.navegador
def test_un_titulo_largo_cabe_en_un_telefono(
    feria: Feria, sesion: Session, como: Callable[..., Callable[[str], Any]]
) -> None:
    """Of many words, and of one that no line holds."""
    ir = como(feria.entidad.persona)
    for titulo in (LARGO, "K" * 918):
        id_ = feria.publicada(titulo=titulo).id
        for ruta in (f"/feria/{id_}", "/feria", f"/compras/{id_}", "/compras", f"/compras/{id_}/cambios"):
            pagina = ir(ruta)
            assert desborde(pagina) == 0, (ruta, titulo[:5])
            assert titulo in pagina.content()
        assert ir(f"/feria/{id_}").locator("h1").evaluate("(e) => e.scrollWidth <= e.clientWidth")
    assert sesion.get_one(Convocatoria, id_).titulo == "K" * 918
