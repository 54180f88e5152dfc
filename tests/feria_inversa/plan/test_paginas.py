"""The pages of a plan, without JavaScript: from the first line to the process that is begun from it."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.plan.esquemas import Cambio
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, fecha_bolivia
from tests.comercio.conftest import sin_el_reloj
from tests.feria_inversa.conftest import SUCRE, Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import releases
from tests.feria_inversa.plan.ayudas import EN_MARZO, OBRA, borrador, cambia, entrada, lineas, publicado

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
    assert "Por qué cambia" not in entidad.get(aqui).text
    formulario = {"_id": _id(entidad.get(aqui).text)}
    for _vez in range(2):  # pressed twice, published once
        assert entidad.post(f"{aqui}/publicacion", data=formulario).status_code == 303

    hoja = entidad.get(f"{aqui}/lineas/2").text
    assert re.findall(r'<textarea[^>]* id="([^"]*)"[^>]* required', hoja) == ["motivo", "motivo-quitar"]
    negada = entidad.post(f"{aqui}/lineas/2/retiro", data={"_de": "quitar"})
    assert negada.status_code == 422
    assert 'href="#motivo-quitar"' in negada.text
    motivo = {"motivo": "La escuela cerró este año.", "_id": str(nuevo_id())}
    for _vez in range(2):  # pressed twice, taken out once
        assert entidad.post(f"{aqui}/lineas/2/retiro", data=motivo).status_code == 303
    dice = cliente.get(publico).text
    assert "Pupitres para la escuela" in dice
    assert "2. Desayuno<br>" not in dice
    assert "Quitó 2. Desayuno" in dice
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
    dada = re.search(r'name="linea_de_plan"[^>]* value="([^"]*)"', hoja)
    assert dada
    assert dada[1] == f"PAC-1101-00-{gestion}/1"
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
    de_su_gente = entidad.get(aqui).text
    assert f'/compras/{datos["_id"]}/items">Borrador: Pupitres' in de_su_gente
    assert "Empezar otro proceso" in de_su_gente
    cierre = (reloj.ahora() + timedelta(days=10)).astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
    hecha = entidad.post(f"/compras/{datos['_id']}/publicar", data={"modalidad": "CM", "vence_en": cierre})
    assert hecha.status_code == 303
    assert f"/feria/{datos['_id']}" in cliente.get(publico).text
    assert f"PAC-1101-00-{gestion}/1" in cliente.get(f"/feria/{datos['_id']}").text
    de_la_api = cliente.get(f"/api/v1/convocatorias/{datos['_id']}").json()
    assert de_la_api["linea_de_plan"] == str(lineas(UUID(aqui.rpartition("/")[2]))[0].id)
    (release,) = releases(sesion)
    assert json.loads(release.contenido)["planning"]["budget"]["id"] == f"PAC-1101-00-{gestion}/1"


def test_se_avisa_que_no_esta_en_el_plan(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.borrador([item("Refacción del mercado", "1", "640000.00", "obra")]).id
    entidad = sesion_web(feria.entidad.persona)
    dice = entidad.get(f"/compras/{id_}/publicar").text
    assert "No está en el plan anual vigente" in dice
    assert "es una regla por confirmar: puede publicar" in dice
    assert f'href="/compras/{id_}/datos"' in dice
    chico = feria.borrador().id
    assert "No está en el plan anual" not in entidad.get(f"/compras/{chico}/publicar").text


def test_lo_previsto_se_ve_al_lado_de_lo_pedido(feria: Feria, sesion_web: Any, reloj: Any) -> None:
    gestion = reloj.ahora().astimezone(ZONA).year
    plan_id = publicado(feria, gestion)
    id_ = feria.borrador([item("Refacción del mercado", "1", "640000.00", "obra")]).id
    entidad = sesion_web(feria.entidad.persona)
    datos = {
        "titulo": "Mobiliario escolar",
        "categoria": "bienes",
        "municipio_ine": SUCRE,
        "plazo_entrega_dias": "30",
    }
    negada = entidad.post(f"/compras/{id_}/datos", data=datos | {"linea_de_plan": "7"})
    assert negada.status_code == 422
    assert "La entidad no tiene esa línea" in negada.text
    assert entidad.post(f"/compras/{id_}/datos", data=datos | {"linea_de_plan": "1"}).status_code == 303
    assert f'value="PAC-1101-00-{gestion}/1"' in entidad.get(f"/compras/{id_}/datos").text
    dice = entidad.get(f"/compras/{id_}/publicar").text
    assert "No está en el plan anual" not in dice
    assert "No es lo mismo que dice el plan." in dice
    assert "Por su monto corresponde" in dice
    cambia(feria, plan_id, Cambio(numero=1))
    dice = entidad.get(f"/compras/{id_}/publicar").text
    assert "Esa línea ya no está en el plan vigente" in dice
    assert "No está en el plan anual vigente" in dice
    (quitada, _otra) = lineas(plan_id)
    ida = entidad.get(f"/compras/nueva?linea={quitada.id}")
    assert (ida.status_code, ida.headers["location"]) == (303, "/compras/nueva")


def test_un_borrador_se_elimina_una_vez_y_nadie_mas_lo_lee(
    feria: Feria, sesion_web: Any, cliente: Any
) -> None:
    plan_id = borrador(feria, fecha_bolivia().year)
    ana, entidad = sesion_web(feria.ana.persona), sesion_web(feria.entidad.persona)
    for ruta in ("", "/lineas", "/versiones", "/versiones/1"):
        direccion = f"/api/v1/planes-de-contratacion/{plan_id}{ruta}"
        assert [c.get(direccion).status_code for c in (cliente, ana)] == [404, 404], ruta
    assert ana.get(f"/feria/planes/{plan_id}.csv").status_code == 404
    assert entidad.get(f"/api/v1/planes-de-contratacion/{plan_id}/lineas").status_code == 200
    formulario = {"_id": str(nuevo_id()), "_de": "eliminar"}
    idas = [entidad.post(f"/planes/{plan_id}/eliminar", data=formulario) for _vez in range(2)]
    assert [ida.status_code for ida in idas] == [303, 303]
    assert entidad.post(f"/planes/{plan_id}/eliminar").status_code == 404


def test_de_este_anio_primero_lo_que_viene(feria: Feria, reloj: Any, cliente: Any) -> None:
    reloj.situar(EN_MARZO)
    publicado(feria, 2028, [entrada(mes=2, objeto="Lo de febrero"), entrada(mes=3, objeto="Lo de marzo")])
    pagina = cliente.get("/feria/planes").text
    assert "Lo de marzo" in pagina
    assert "Lo de febrero" not in pagina
    otros = re.search(r'href="(/feria/planes\?gestion=2028[^"]*meses=todos)"', pagina)
    assert otros
    assert "Lo de febrero" in cliente.get(otros[1].replace("&amp;", "&")).text
    assert "Lo de febrero" in cliente.get("/feria/planes?mes=2").text
    suyo = cliente.get(f"/feria/planes?entidad={feria.entidad.id}").text
    assert "Solo lo que prevé Gobierno Municipal Prueba" in suyo
    reloj.situar(datetime(2028, 12, 5, tzinfo=ZONA))
    assert "En lo que falta del año no hay nada más" in cliente.get("/feria/planes").text


def test_lo_que_pesan_y_preguntan(feria: Feria, reloj: Any, cliente: Any, contar_consultas: Any) -> None:
    gestion = reloj.ahora().astimezone(ZONA).year
    largo = "Adquisición de mobiliario escolar para las unidades educativas del municipio " * 3
    plan_id = publicado(feria, gestion, [entrada(objeto=f"{largo} {n}") for n in range(60)] + [OBRA])
    for n in range(24):
        cambia(feria, plan_id, Cambio(numero=n + 1, linea=entrada(mes=7)), motivo="Se reprogramó " * 20)
    for ruta in (
        f"/feria/planes?gestion={gestion}",
        f"/feria/planes?gestion={gestion}&q=mobiliario",
        f"/feria/planes/{plan_id}",
        f"/feria/planes/{plan_id}?version=2",
    ):
        with contar_consultas() as sentencias:
            respuesta = cliente.get(ruta)
        assert respuesta.status_code == 200
        assert len(respuesta.content) <= PESO_MAXIMO, (ruta, len(respuesta.content))
        assert len(sin_el_reloj(sentencias)) <= SENTENCIAS_MAXIMAS, (ruta, sentencias)
    assert len(lineas(plan_id)) == 61
