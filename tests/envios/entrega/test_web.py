"""The pages: what each one sees of a delivery, and that the public sees nothing of it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from sqlmodel import Session, select

from empresa_digital.registro import Facultad
from envios.entrega.consultas import eleccion_vigente, pruebas_de
from envios.entrega.devolver import devolucion_de
from envios.entrega.modelos import EleccionDeEntrega
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_evento
from envios.items import envio_por_id
from envios.items.modelos import Envio
from envios.operadores import codigo_plus
from envios.s10 import leer_numero
from nucleo.bd import transaccion
from nucleo.plantillas import ESTATICOS
from nucleo.reloj import fecha_bolivia
from tests.envios.conftest import Reparto
from tests.envios.entrega.test_elegir import agencia as agencia
from tests.nucleo.archivos.ayudas import png


@pytest.fixture
def envio(reparto: Reparto) -> Envio:
    return reparto.enviar()


def evento(reparto: Reparto, envio: Envio, codigo: str) -> None:
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        hecho = registrar_evento(sesion, actor, envio.id, EventoNuevo(codigo, envio.id), Fuente.API)
        assert hecho.error is None, hecho.error


def leido(sesion: Session, envio: Envio) -> Envio:
    sesion.expire_all()
    return envio_por_id(sesion, envio.id)


def test_entregar_con_foto_y_ver_quien_lo_recibio(
    reparto: Reparto, envio: Envio, sesion_web: Any, cliente: Any, sesion: Session
) -> None:
    cartero, ana = sesion_web(reparto.cartero), sesion_web(reparto.ana)
    ruta = f"/envios/operador/{envio.id}/entregar"
    datos = {"codigo_entrega": envio.codigo_entrega, "relacion": "familiar", "receptor_nombre": "Luis Prueba"}
    mala = cartero.post(ruta, data=datos, files={"foto": ("f.pdf", b"%PDF-1.4", "image/jpeg")})
    assert mala.status_code == 422
    assert leido(sesion, envio).estado == "anunciado"
    sin_nombre = cartero.post(ruta, data=datos | {"receptor_nombre": ""})
    assert (sin_nombre.status_code, "Escriba el nombre" in sin_nombre.text) == (422, True)
    fuera = cartero.post(ruta, data=datos | {"latitud": "-16.5", "longitud": "x"})
    assert (fuera.status_code, "en grados" in fuera.text) == (422, True)
    hecho = cartero.post(
        ruta,
        data=datos | {"latitud": "-16.500000", "longitud": "-68.150000", "precision_m": "12"},
        files={n: ("f.png", png(900, 700), "image/png") for n in ("foto", "firma")},
    )
    assert hecho.status_code == 303, hecho.text
    sesion.expire_all()
    (prueba,) = pruebas_de(sesion, envio.id)
    assert (prueba.latitud, prueba.longitud, prueba.precision_m) == (Decimal("-16.5"), Decimal("-68.15"), 12)

    pagina = ana.get(f"/seguimiento/{envio.numero}").text
    assert f"/envios/{envio.id}/prueba" in pagina
    for quien in (ana, sesion_web(reparto.vendedora), cartero):
        texto = quien.get(f"/envios/{envio.id}/prueba").text
        assert all(dato in texto for dato in ("Luis Prueba", "Familiar", "Comprobado"))
        foto = quien.get(f"/envios/pruebas/{prueba.id}/foto")
        assert (foto.status_code, foto.headers["cache-control"]) == (200, "private, no-store")
        assert Image.open(BytesIO(foto.content)).format == "JPEG"
        pdf = quien.get(f"/envios/{envio.id}/prueba.pdf")
        assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    ajeno = sesion_web(reparto.ajeno)
    for ruta in (
        f"/envios/{envio.id}/prueba",
        f"/envios/{envio.id}/prueba.pdf",
        f"/envios/pruebas/{prueba.id}/foto",
    ):
        assert ajeno.get(ruta).status_code == 404
    publica = cliente.get(f"/seguimiento/{envio.numero}").text
    assert not [d for d in ("Luis Prueba", "Familiar", str(prueba.id), "/prueba") if d in publica]


def test_elegir_y_lo_ve_quien_lo_lleva(
    reparto: Reparto, envio: Envio, agencia: Any, sesion_web: Any, cliente: Any, sesion: Session
) -> None:
    ana, cartero = sesion_web(reparto.ana), sesion_web(reparto.cartero)
    ruta = f"/envios/{envio.id}/recibir"
    formulario = ana.get(ruta).text
    assert "Sorata Plaza" in formulario
    vecino = {"agencia": "puerta", "recibe": "vecino", "nombre": "Rosa Quispe", "donde": ""}
    mal = ana.post(ruta, data=vecino)
    assert (mal.status_code, "Escriba cuál es la casa" in mal.text) == (422, True)
    assert 'value="Rosa Quispe"' in mal.text
    assert ana.post(ruta, data=vecino | {"agencia": "otra"}).status_code == 422
    assert sesion.exec(select(EleccionDeEntrega)).all() == []
    bien = ana.post(ruta, data=vecino | {"donde": "Puerta verde"})
    assert (bien.status_code, bien.headers["location"]) == (303, f"/seguimiento/{envio.numero}")
    codigo = leido(sesion, envio).codigo_tercero
    assert codigo is not None
    escrito = f"{codigo[:3]}&#8239;{codigo[3:]}"
    assert escrito in ana.get(f"/seguimiento/{envio.numero}").text
    for quien in (cartero, sesion_web(reparto.vendedora)):
        texto = quien.get(f"/seguimiento/{envio.numero}").text
        assert "Rosa Quispe" in texto
        assert escrito not in texto
    assert "Rosa Quispe" not in cliente.get(f"/seguimiento/{envio.numero}").text
    evento(reparto, envio, "EDG")
    assert "Puerta verde" in cartero.get(f"/envios/operador/{envio.id}").text
    puerta = cartero.get(f"/envios/operador/{envio.id}/entregar").text
    assert "Puede recibirlo Rosa Quispe" in puerta
    assert 'value="vecino" selected' in puerta
    tarde = ana.post(ruta, data={"agencia": str(agencia.id), "recibe": "destinatario"})
    assert (tarde.status_code, "Ya salió a reparto" in tarde.text) == (409, True)
    vigente = eleccion_vigente(sesion, envio.id)
    assert vigente is not None
    assert vigente.version == 1


def test_el_dia_y_la_agencia(
    reparto: Reparto, envio: Envio, agencia: Any, sesion_web: Any, sesion: Session
) -> None:
    ana = sesion_web(reparto.ana)
    ruta = f"/envios/{envio.id}/recibir"
    lejos = (fecha_bolivia() + timedelta(days=40)).isoformat()
    mal = ana.post(ruta, data={"agencia": "puerta", "dia": lejos, "recibe": "destinatario"})
    assert (mal.status_code, "hasta dentro de diez" in mal.text) == (422, True)
    # At the agency no day is asked for.
    bien = ana.post(ruta, data={"agencia": str(agencia.id), "dia": lejos, "recibe": "destinatario"})
    assert bien.status_code == 303
    sesion.expire_all()
    vigente = eleccion_vigente(sesion, envio.id)
    assert vigente is not None
    assert (vigente.agencia_id, vigente.dia) == (agencia.id, None)
    assert "Lo retira en la agencia Sorata Plaza" in ana.get(f"/seguimiento/{envio.numero}").text


def test_el_lugar_en_el_mapa(
    reparto: Reparto, envio: Envio, sesion_web: Any, cliente: Any, sesion: Session
) -> None:
    ana = sesion_web(reparto.ana)
    mal = ana.post(f"/envios/{envio.id}/ubicacion", data={"latitud": "48,85", "longitud": "2,35"})
    assert (mal.status_code, "En Bolivia la latitud" in mal.text) == (422, True)
    bien = ana.post(f"/envios/{envio.id}/ubicacion", data={"latitud": "-15,7731", "longitud": "-68,6490"})
    assert bien.status_code == 303
    assert str(leido(sesion, envio).latitud) == "-15.773100"
    plus = codigo_plus(Decimal("-15.7731"), Decimal("-68.6490"))
    assert plus in ana.get(f"/envios/{envio.id}/recibir").text
    publica = cliente.get(f"/seguimiento/{envio.numero}").text
    assert "-15.7731" not in publica
    assert plus not in publica


def test_pedir_mas_tiempo(reparto: Reparto, envio: Envio, sesion_web: Any, sesion: Session) -> None:
    ana, ruta = sesion_web(reparto.ana), f"/envios/{envio.id}/prorroga"
    antes = ana.post(ruta)
    assert (antes.status_code, "no está esperando" in antes.text) == (409, True)
    evento(reparto, envio, "EDH")
    pide, pagina = "Necesito más días", f"/seguimiento/{envio.numero}"
    assert pide in ana.get(pagina).text
    assert pide not in sesion_web(reparto.vendedora).get(pagina).text
    assert ana.post(ruta).status_code == 303
    actual = leido(sesion, envio)
    assert actual.espera_desde is not None
    assert actual.espera_hasta == actual.espera_desde + timedelta(days=25)
    texto = ana.get(pagina).text
    assert "Espera hasta el" in texto
    assert pide not in texto


def test_devolver_y_las_dos_paginas_se_muestran(
    reparto: Reparto, envio: Envio, sesion_web: Any, cliente: Any, sesion: Session, otorgar: Any
) -> None:
    otorgar(reparto.tienda_id, reparto.vendedora, Facultad.COMPRAR)  # to receive for the shop
    ana, cartero = sesion_web(reparto.ana), sesion_web(reparto.cartero)
    ruta = f"/envios/{envio.id}/devolucion"
    datos = {"contenido": "Una chompa", "peso_g": "400"}
    antes = ana.post(ruta, data=datos)
    assert (antes.status_code, "este todavía no" in antes.text) == (409, True)
    cartero.post(f"/envios/operador/{envio.id}/entregar", data={"codigo_entrega": envio.codigo_entrega})
    assert ana.get(ruta).status_code == 200
    bien = ana.post(ruta, data=datos)
    assert bien.status_code == 303, bien.text
    sesion.expire_all()
    vuelta = devolucion_de(sesion, envio.id)
    assert vuelta is not None
    assert bien.headers["location"] == f"/envios/{vuelta.id}/etiqueta"
    etiqueta = ana.get(bien.headers["location"])
    assert (etiqueta.status_code, "DEVOLUCIÓN" in etiqueta.text.upper()) == (200, True)
    assert f"Devolución de {leer_numero(envio.numero).legible}: Una chompa" in etiqueta.text
    for quien in (ana, sesion_web(reparto.vendedora)):
        assert vuelta.numero in quien.get(f"/seguimiento/{envio.numero}").text
        assert envio.numero in quien.get(f"/seguimiento/{vuelta.numero}").text
    assert vuelta.numero not in cliente.get(f"/seguimiento/{envio.numero}").text


@pytest.mark.navegador
def test_firmar_en_el_vidrio_y_decir_donde(
    reparto: Reparto, envio: Envio, sesion_web: Any, nueva_pagina: Any
) -> None:
    """What the page adds to the form when there is a script; without it, the same form asks for less."""
    respuesta = sesion_web(reparto.cartero).get(f"/envios/operador/{envio.id}/entregar").text

    def servir(ruta: Any) -> None:
        camino = urlsplit(ruta.request.url).path
        archivo = ESTATICOS / camino.removeprefix("/estatico/")
        if archivo.suffix == ".js" and archivo.is_file():
            ruta.fulfill(body=archivo.read_bytes(), content_type="text/javascript")
        else:
            ruta.fulfill(body=respuesta if camino == "/" else "", content_type="text/html")

    def abrir(**opciones: Any) -> Any:
        pagina = nueva_pagina(360, **opciones)
        pagina.route("http://localhost:9/**", servir)
        pagina.goto("http://localhost:9/")
        return pagina

    sola = abrir(javascript=False)
    assert sola.locator("#firma").is_visible()
    assert not sola.get_by_role("button", name="Usar mi posición").is_visible()

    pagina = abrir(geolocation={"latitude": -16.5, "longitude": -68.15, "accuracy": 12})
    lo_enviado = (
        "[...new FormData(document.querySelector('[data-puerta]').closest('form'))]"
        ".filter(([n]) => ['firma', 'latitud', 'longitud', 'precision_m'].includes(n))"
        ".map(([n, v]) => [n, v.size ? v.type : v.name ?? v])"
    )
    vacio = [["firma", ""], ["latitud", ""], ["longitud", ""], ["precision_m", ""]]
    assert sorted(pagina.evaluate(lo_enviado)) == vacio
    pagina.get_by_role("button", name="Usar mi posición").click()  # nobody said that it may
    pagina.get_by_text("La entrega vale igual").wait_for()
    assert sorted(pagina.evaluate(lo_enviado)) == vacio
    pagina.context.grant_permissions(["geolocation"])
    pagina.get_by_role("button", name="Usar mi posición").click()
    pagina.get_by_text("con 12 metros de margen").wait_for()
    lienzo = pagina.locator("[data-firma]")
    lienzo.scroll_into_view_if_needed()
    caja = lienzo.bounding_box()
    pagina.mouse.move(caja["x"] + 40, caja["y"] + 40)
    pagina.mouse.down()
    pagina.mouse.move(caja["x"] + 160, caja["y"] + 90, steps=3)
    pagina.mouse.up()
    firmado = [
        ["firma", "image/png"],
        ["latitud", "-16.500000"],
        ["longitud", "-68.150000"],
        ["precision_m", "12"],
    ]
    assert sorted(pagina.evaluate(lo_enviado)) == firmado
    pagina.get_by_role("button", name="Borrar la firma").click()
    pagina.get_by_role("button", name="Quitar la posición").click()
    assert sorted(pagina.evaluate(lo_enviado)) == vacio
    pagina.errores.clear()  # the worker of the site is not served here
