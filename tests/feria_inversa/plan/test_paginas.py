"""The pages of a plan, without JavaScript: from the first line to the process that is begun from it."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.designaciones.designar import Nombramiento, designar_en_entidad
from feria_inversa.papeles import Papel
from feria_inversa.plan.esquemas import Cambio
from nucleo.bd import transaccion
from nucleo.dinero import bs
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


def _ocultos(html: str, accion: str) -> dict[str, str]:
    """What the form of that address carries unseen."""
    (forma,) = re.findall(rf'<form[^>]* action="{re.escape(accion)}".*?</form>', html, re.DOTALL)
    pares = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', forma)
    return {nombre: unescape(valor) for nombre, valor in pares}


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
    suya = f"{aqui}/lineas/2"
    otra = (
        linea | {"mes": "3", "objeto": "Desayuno", "modalidad": ""} | _ocultos(entidad.get(suya).text, suya)
    )
    assert entidad.post(suya, data=otra).status_code == 303
    publico = f"/feria{aqui}"
    assert cliente.get(publico).status_code == 404
    assert ana.get(aqui).status_code == 404
    assert "Por qué cambia" not in entidad.get(aqui).text
    formulario = _ocultos(entidad.get(aqui).text, f"{aqui}/publicacion")
    assert entidad.post(f"{aqui}/publicacion", data=formulario | {"_version": "1"}).status_code == 412
    for _vez in range(2):  # pressed twice, published once
        assert entidad.post(f"{aqui}/publicacion", data=formulario).status_code == 303

    hoja = entidad.get(f"{aqui}/lineas/2").text
    assert re.findall(r'<textarea[^>]* id="([^"]*)"[^>]* required', hoja) == ["motivo", "motivo-quitar"]
    negada = entidad.post(f"{aqui}/lineas/2/retiro", data={"_de": "quitar"})
    assert negada.status_code == 422
    assert 'href="#motivo-quitar"' in negada.text
    motivo = {"motivo": "La escuela cerró este año."} | _ocultos(hoja, f"{suya}/retiro")
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
    assert [fila[5] for fila in filas] == ["objeto", "Pupitres para la escuela"]

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


def test_dos_a_la_vez_por_la_pagina_y_por_la_api(
    feria: Feria, sesion_web: Any, cliente: Any, token_de: Any
) -> None:
    plan_id = publicado(feria, fecha_bolivia().year)
    entidad = sesion_web(feria.entidad.persona)
    suya = f"/planes/{plan_id}/lineas/1"
    hoja = entidad.get(suya).text

    def escrito(hoja: str) -> dict[str, str]:
        """What a person sends who changes the month and nothing else."""
        monto = re.search(r'name="monto"[^>]* value="([^"]*)"', hoja)
        assert monto
        mio = {"motivo": "Se reprogramó la compra.", "monto": monto[1], "mes": "9"}
        return _ocultos(hoja, suya) | mio

    de_antes = escrito(hoja)
    cara = {"monto": "19000.00", "moneda": "BOB"}
    cambia(feria, plan_id, Cambio(numero=1, linea=entrada(monto=cara)))
    negada = entidad.post(suya, data=de_antes)
    assert negada.status_code == 412
    assert "Otra persona cambió la línea 1" in negada.text
    assert "ahora dice «19.000,00»" in negada.text.replace("19000,00", "19.000,00")
    assert [x.mes for x in lineas(plan_id)] == [5, 8]
    assert entidad.post(suya, data=escrito(negada.text)).status_code == 303
    una, _otra = lineas(plan_id)
    assert (una.mes, una.monto, una.version) == (9, bs("19000"), 3)

    la_api = f"/api/v1/planes-de-contratacion/{plan_id}"
    quien = {"Authorization": f"Bearer {token_de(feria.entidad.persona)}"}
    leido = cliente.get(la_api, headers=quien).headers["etag"]
    assert leido == '"4"'

    def quita(**cabeceras: str) -> Any:
        cuerpo = {"cambios": [{"numero": 2}], "motivo": "Ya no hace falta este año."}
        return cliente.post(f"{la_api}/cambios", json=cuerpo, headers=quien | cabeceras)

    sin, viejo = quita(), quita(**{"If-Match": '"3"'})
    assert (sin.status_code, sin.json()["codigo"]) == (428, "falta_if_match")
    assert (viejo.status_code, viejo.json()["codigo"]) == (412, "version_anterior")
    hecho = quita(**{"If-Match": leido})
    assert (hecho.status_code, hecho.headers["etag"], hecho.json()["version"]) == (200, '"5"', 4)


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
    formulario = {"_id": str(nuevo_id()), "_de": "eliminar", "_version": "1"}
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


def test_el_primer_item_es_lo_que_dice_la_linea(feria: Feria, sesion_web: Any) -> None:
    dice = {"cantidad": "40", "unidad_medida": "pieza", "municipio_ine": "051201"}
    plan_id = publicado(
        feria, fecha_bolivia().year, [entrada(**dice), entrada(cantidad="7", unidad_medida="kit")]
    )
    entidad = sesion_web(feria.entidad.persona)

    def empieza(numero: int) -> str:
        """The page of the items of a process that is begun from a line, and where it is delivered."""
        hoja = entidad.get(f"/compras/nueva?linea={lineas(plan_id)[numero - 1].id}").text
        lugar = re.search(r'<option value="([0-9]{6})" selected', hoja)
        assert lugar
        datos = {
            "_id": _id(hoja),
            "linea_de_plan": str(numero),
            "unidad_id": str(feria.entidad.id),
            "titulo": "Pupitres para la escuela",
            "categoria": "bienes",
            "municipio_ine": lugar[1],
            "plazo_entrega_dias": "30",
        }
        ruta = entidad.post("/compras/nueva", data=datos).headers["location"]
        return str(entidad.get(ruta).text) + lugar[1]

    hoja = empieza(1)
    assert hoja.endswith("051201")
    assert re.search(r'name="precio_referencial"[^>]* value="450,00"', hoja)
    assert re.search(r'name="cantidad"[^>]* value="40"', hoja)
    assert re.search(r'name="unspsc"[^>]* value="56120000"', hoja)
    assert '<option value="pieza" selected' in hoja
    hoja = empieza(2)
    assert '<option value="kit" selected' in hoja
    assert not re.search(r'name="precio_referencial"[^>]* value="[0-9]', hoja)  # 18.000 by seven


def test_las_versiones_de_antes_se_alcanzan(feria: Feria, cliente: Any) -> None:
    plan_id = publicado(feria, fecha_bolivia().year)
    for n in range(12):
        cambia(feria, plan_id, Cambio(numero=1, linea=entrada(objeto=f"Pupitres, vez {n}")))
    ultimas = cliente.get(f"/feria/planes/{plan_id}").text
    assert [f"Versión {n}<" in ultimas for n in (13, 4, 3)] == [True, True, False]
    anteriores = re.search(rf'href="(/feria/planes/{plan_id}\?hasta=3)"', ultimas)
    assert anteriores
    primeras = cliente.get(anteriores[1]).text
    assert ("Versión 3<" in primeras, "Versión 1<" in primeras, "Versión 4<" in primeras) == (
        True,
        True,
        False,
    )
    assert "hasta=" not in primeras
    api = f"/api/v1/planes-de-contratacion/{plan_id}/versiones?limite=10"
    una = cliente.get(api).json()
    otra = cliente.get(f"{api}&cursor={una['siguiente']}").json()
    vistas = [v["version"] for pagina in (una, otra) for v in pagina["datos"]]
    assert (vistas, otra["siguiente"]) == (list(range(1, 14)), None)


def test_quien_no_publica_lo_prepara_y_se_le_dice_quien(
    feria: Feria, sesion_web: Any, crear_persona: Any, actor_de: Any
) -> None:
    mae = crear_persona("Mae")
    feria.mandato(feria.entidad.id, mae, Facultad.ADMINISTRAR)
    plan_id, publico = borrador(feria, fecha_bolivia().year + 1), publicado(feria, fecha_bolivia().year)
    with transaccion() as sesion:
        dado = Nombramiento(papel=Papel.MAE, persona_id=mae.id, documento="Acta de posesión 1")
        designar_en_entidad(sesion, actor_de(mae), feria.entidad.id, dado)
    entidad = sesion_web(feria.entidad.persona)
    dice = entidad.get(f"/planes/{plan_id}").text
    assert "Puede prepararlo; no lo publica." in dice
    assert ("Añadir una línea" in dice, "Sí, publicar" in dice) == (True, False)
    dice = entidad.get(f"/planes/{publico}").text
    assert "Publicado, usted no lo cambia." in dice
    assert ("Añadir una línea" in dice, "Empezar su proceso" in dice) == (False, True)
    assert "Sí, publicar" in sesion_web(mae).get(f"/planes/{plan_id}").text


def test_lo_que_pesan_y_preguntan(feria: Feria, reloj: Any, cliente: Any, contar_consultas: Any) -> None:
    gestion = reloj.ahora().astimezone(ZONA).year
    largo = "Adquisición de mobiliario escolar para las unidades educativas del municipio " * 3
    cuanto = {"cantidad": "1234.5", "unidad_medida": "metro_cuadrado", "municipio_ine": "051201"}
    muchas = [entrada(objeto=f"{largo} {n}", **cuanto) for n in range(60)]
    plan_id = publicado(feria, gestion, [*muchas, OBRA])
    for n in range(24):
        cambia(feria, plan_id, Cambio(numero=n + 1, linea=entrada(mes=7)), motivo="Se reprogramó " * 20)
    for ruta in (
        f"/feria/planes?gestion={gestion}",
        f"/feria/planes?gestion={gestion}&q=mobiliario",
        f"/feria/planes/{plan_id}",
        f"/feria/planes/{plan_id}?version=2",
        f"/feria/planes/{plan_id}?linea=30&hasta=12",
    ):
        with contar_consultas() as sentencias:
            respuesta = cliente.get(ruta)
        assert respuesta.status_code == 200
        assert len(respuesta.content) <= PESO_MAXIMO, (ruta, len(respuesta.content))
        assert len(sin_el_reloj(sentencias)) <= SENTENCIAS_MAXIMAS, (ruta, sentencias)
    assert len(lineas(plan_id)) == 61
