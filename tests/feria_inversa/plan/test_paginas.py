"""The pages of a plan, without JavaScript: from the first line to the process that is begun from it."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session, select

from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.plan.esquemas import Cambio
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import SUCRE, Feria, item
from tests.feria_inversa.plan.ayudas import OBRA, cambia, entrada, lineas, publicado

PESO_MAXIMO = 60 * 1024
SENTENCIAS_MAXIMAS = 8


def _id(html: str) -> str:
    hallado = re.search(r'name="_id" value="([^"]*)"', html)
    assert hallado
    return hallado[1]


def test_del_borrador_al_proceso(
    feria: Feria, sesion: Session, sesion_web: Any, reloj: Any, cliente: Any
) -> None:
    entidad, ana = sesion_web(feria.entidad.persona), sesion_web(feria.ana.persona)
    gestion = reloj.ahora().astimezone(ZONA).year
    lista = f"/entidades/{feria.entidad.id}/planes"
    plan = entidad.post(lista, data={"_id": _id(entidad.get(lista).text), "gestion": str(gestion)})
    assert plan.status_code == 303
    aqui = plan.headers["location"]
    linea = {
        "objeto": "Pupitres para la escuela",
        "categoria": "bienes",
        "monto": "18000",
        "mes": "5",
        "partida": "43700",
    }
    mala = entidad.post(f"{aqui}/lineas", data=linea | {"partida": "12", "mes": ""})
    assert mala.status_code == 422
    assert "La partida tiene cinco números" in mala.text
    assert "Elija el mes" in mala.text
    formulario = {"_id": _id(entidad.get(aqui).text)}
    for _vez in range(2):  # pressed twice, added once
        assert entidad.post(f"{aqui}/lineas", data=linea | formulario).status_code == 303
    planilla = {"archivo": ("plan.csv", b"objeto;mes;monto;partida\nDesayuno escolar;marzo;900000;31120\n")}
    assert entidad.post(f"{aqui}/archivo", files=planilla).status_code == 303
    assert (
        entidad.post(f"{aqui}/lineas/2", data=linea | {"mes": "3", "objeto": "Desayuno"}).status_code == 303
    )
    publico = f"/feria{aqui}"
    assert cliente.get(publico).status_code == 404
    assert ana.get(aqui).status_code == 404
    assert entidad.post(f"{aqui}/publicacion").status_code == 303

    assert entidad.post(f"{aqui}/lineas/2/retiro").status_code == 422
    motivo = {"motivo": "La escuela cerró este año."}
    assert entidad.post(f"{aqui}/lineas/2/retiro", data=motivo).status_code == 303
    dice = cliente.get(publico).text
    assert "Pupitres para la escuela" in dice
    assert "Desayuno" not in dice
    assert "La escuela cerró este año." in dice
    assert "Desayuno" in cliente.get(f"{publico}?version=1").text
    assert (
        "Pupitres para la escuela"
        in cliente.get(f"/feria/planes?q=pupitre&mes=5&entidad={feria.entidad.id}").text
    )
    assert "Nada coincide" in cliente.get("/feria/planes?q=camioneta").text
    filas = list(
        csv.reader(io.StringIO(cliente.get("/feria/planes.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert [fila[4] for fila in filas] == ["objeto", "Pupitres para la escuela"]

    empezar = re.search(r'href="(/compras/nueva\?linea=[^"]*)"', entidad.get(aqui).text)
    assert empezar
    hoja = entidad.get(empezar[1]).text
    assert 'value="Pupitres para la escuela"' in hoja
    dada = re.search(r'name="linea_de_plan" value="([^"]*)"', hoja)
    assert dada
    datos = {
        "_id": _id(hoja),
        "linea_de_plan": dada[1],
        "unidad_id": str(feria.entidad.id),
        "titulo": "Pupitres para la escuela",
        "categoria": "bienes",
        "municipio_ine": SUCRE,
        "plazo_entrega_dias": "30",
    }
    creada = entidad.post("/compras/nueva", data=datos)
    assert creada.headers["location"] == f"/compras/{datos['_id']}/items"
    pedido = {
        "descripcion": "Pupitre",
        "cantidad": "40",
        "unidad_medida": "pieza",
        "precio_referencial": "450",
    }
    assert entidad.post(creada.headers["location"], data=pedido).status_code == 303
    cierre = (reloj.ahora() + timedelta(days=10)).astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
    hecha = entidad.post(f"/compras/{datos['_id']}/publicar", data={"modalidad": "CM", "vence_en": cierre})
    assert hecha.status_code == 303
    assert f"/feria/{datos['_id']}" in cliente.get(publico).text
    (release,) = sesion.exec(select(ReleaseOcds))
    assert json.loads(release.contenido)["planning"]["budget"]["id"] == f"PAC-1101-00-{gestion}/1"


def test_se_avisa_que_no_esta_en_el_plan(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.borrador([item("Refacción del mercado", "1", "640000.00", "obra")]).id
    dice = sesion_web(feria.entidad.persona).get(f"/compras/{id_}/publicar").text
    assert "No empezó en una línea del plan anual" in dice
    assert "es una regla por confirmar: puede publicar" in dice
    chico = feria.borrador().id
    dice = sesion_web(feria.entidad.persona).get(f"/compras/{chico}/publicar").text
    assert "No empezó en una línea" not in dice


def test_lo_que_pesan_y_preguntan(feria: Feria, reloj: Any, cliente: Any, bd: Engine) -> None:
    gestion = reloj.ahora().astimezone(ZONA).year
    largo = "Adquisición de mobiliario escolar para las unidades educativas del municipio " * 3
    plan_id = publicado(feria, gestion, [entrada(objeto=f"{largo} {n}") for n in range(60)] + [OBRA])
    for n in range(24):
        cambia(feria, plan_id, Cambio(numero=n + 1, linea=entrada(mes=7)), motivo="Se reprogramó " * 20)
    rutas = (
        f"/feria/planes?gestion={gestion}",
        f"/feria/planes?gestion={gestion}&q=mobiliario",
        f"/feria/planes/{plan_id}",
        f"/feria/planes/{plan_id}?version=2",
    )
    hechas: list[str] = []

    def anotar(_c: Any, _k: Any, sentencia: str, *_mas: Any) -> None:
        hechas.append(sentencia)

    for ruta in rutas:
        cliente.get(ruta)
        hechas.clear()
        event.listen(bd, "before_cursor_execute", anotar)
        respuesta = cliente.get(ruta)
        event.remove(bd, "before_cursor_execute", anotar)
        assert respuesta.status_code == 200
        assert len(respuesta.content) <= PESO_MAXIMO, (ruta, len(respuesta.content))
        assert len(hechas) <= SENTENCIAS_MAXIMAS, (ruta, hechas)
    assert len(lineas(plan_id)) == 61
