"""The object of expense of an item: optional, begun with that of the plan's line, public."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from feria_inversa.plan.consultas import linea_de
from feria_inversa.procesos.convocatorias import crear_borrador
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada
from nucleo.bd import transaccion
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import SUCRE, Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado
from tests.feria_inversa.plan.ayudas import entrada, publicado


def test_la_de_la_linea_se_propone(feria: Feria, sesion_web: Any) -> None:
    plan = publicado(feria, fecha_bolivia(ahora()).year, [entrada()])
    datos = {"titulo": "Mobiliario escolar", "municipio_ine": SUCRE, "plazo_entrega_dias": 30}
    with transaccion() as sesion:
        linea = linea_de(sesion, plan, 1)
        partida = linea.partida
        id_ = crear_borrador(
            sesion,
            feria.entidad.actor,
            feria.entidad.id,
            ConvocatoriaEntrada.model_validate(datos),
            linea_de_plan=linea.id,
        ).id
    entidad = sesion_web(feria.entidad.persona)
    assert f'name="partida" type="text" value="{partida}"' in " ".join(
        entidad.get(f"/compras/{id_}/items").text.split()
    )
    escrito = {
        "descripcion": "Pupitre",
        "cantidad": "4",
        "unidad_medida": "pieza",
        "precio_referencial": "450",
    }
    mala = entidad.post(f"/compras/{id_}/items", data=escrito | {"partida": "0950"})
    assert (mala.status_code, "La partida tiene cinco números." in mala.text) == (422, True)
    entidad.post(f"/compras/{id_}/items", data=escrito | {"partida": partida})
    assert [i.partida for i in feria.items(id_)] == [partida]


def test_se_publica_con_el_item(feria: Feria, sesion: Session, cliente: Any) -> None:
    id_ = feria.publicada(items=[item("Pupitre", "4", "450", partida="43110"), item("Pizarra", "1", "90")]).id
    assert [i["partida"] for i in cliente.get(f"/api/v1/convocatorias/{id_}").json()["items"]] == [
        "43110",
        None,
    ]
    assert cliente.get(f"/feria/{id_}").text.count("Partida 43110") == 1
    con, sin = compilado(sesion, id_)["tender"]["items"]
    assert con["additionalClassifications"] == [
        {"scheme": "BO-OG", "id": "43110", "description": "Partida por objeto del gasto"}
    ]
    assert "additionalClassifications" not in sin
    with pytest.raises(ValidationError):
        item("Pupitre", "4", "450", partida="4311")
