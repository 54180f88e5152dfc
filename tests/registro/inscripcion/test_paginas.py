"""Pages: register in steps without JavaScript, my units, mandates, and the regulator's tray."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, func, select

from empresa_digital.registro import Facultad, tiene_facultad, verificar_registro
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]


def _version(html: str) -> str:
    hallada = re.search(r'name="_version" value="(\d+)"', html)
    assert hallada is not None
    return hallada.group(1)


def _ocultos(html: str) -> dict[str, str]:
    """What the form of a step carries unseen."""
    pares = re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)">', html)
    return {nombre: unescape(valor) for nombre, valor in pares}


def _enviar(navegador: Any, ruta: str, datos: dict[str, Any]) -> Any:
    """Open the form, send it with its version, and follow the answer."""
    version = _version(navegador.get(ruta).text)
    respuesta = navegador.post(ruta, data={"_version": version} | datos)
    assert respuesta.status_code == 303, respuesta.text[-2000:]
    return respuesta.headers["location"]


def test_registrar_mi_unidad_paso_a_paso(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, autoridad: Autoridad
) -> None:
    ana = crear_persona("Ana", celular="70098765")
    navegador = sesion_web(ana)
    assert "/mis-unidades/nueva" in navegador.get("/mis-unidades").text
    clave = str(nuevo_id())
    datos = {"_id": clave, "tipo": "EMPRESA", "denominacion": "Panadería La Marraqueta"}
    creada = navegador.post("/mis-unidades/nueva", data=datos)
    repetida = navegador.post("/mis-unidades/nueva", data=datos)
    assert creada.status_code == repetida.status_code == 303
    unidad = sesion.get_one(UnidadEconomica, UUID(clave))
    base = f"/mis-unidades/{unidad.numero}"
    assert creada.headers["location"] == repetida.headers["location"] == f"{base}/paso/forma"

    siguiente = _enviar(navegador, f"{base}/paso/forma", {"forma_legal": "PM48"})
    assert siguiente == f"{base}/paso/actividad"
    assert "1071" in navegador.get(f"{siguiente}?buscar=pan").text
    assert _enviar(navegador, f"{siguiente}?buscar=pan", {"accion": "principal:1071"}).startswith(siguiente)
    _enviar(navegador, f"{siguiente}?buscar=pasteles", {"accion": "agregar:4721"})
    siguiente = _enviar(
        navegador, f"{base}/paso/lugar", {"municipio_ine": "020101", "direccion": "Villa Fátima"}
    )
    assert siguiente == f"{base}/paso/contacto"
    assert "70098765" in navegador.get(siguiente).text  # asked once: the person's own telephone is there
    siguiente = _enviar(navegador, siguiente, {"telefono": "2-2123456", "descripcion": "Pan de batalla"})
    siguiente = _enviar(navegador, siguiente, {"identificadores.BO-NIT": "1023456017"})
    assert siguiente == f"{base}/paso/revisar"
    revision = navegador.get(siguiente).text
    assert "Elaboración de productos de panadería" in revision
    assert f'action="{base}/presentar"' in revision
    sin_declarar = navegador.post(f"{base}/presentar", data={})
    assert sin_declarar.status_code == 422
    presentada = navegador.post(f"{base}/presentar", data={"declaro": "1"})
    assert (presentada.status_code, presentada.headers["location"]) == (303, base)
    assert "En revisión" in navegador.get(base).text
    assert navegador.get(f"{base}/paso/lugar").status_code == 409

    regulador = sesion_web(autoridad.persona)
    assert unidad.numero in regulador.get("/regulador/unidades").text
    ficha = f"/regulador/unidades/{unidad.numero}"
    version = _version(regulador.get(ficha).text)
    vacia = regulador.post(f"{ficha}/observar", data={"_version": version, "_de": "observar", "motivo": " "})
    assert vacia.status_code == 422
    assert '<a href="#motivo-observar">Escriba qué debe corregir la unidad.</a>' in vacia.text
    vieja = regulador.post(f"{ficha}/inscribir", data={"_version": "1"})
    assert vieja.status_code == 409
    assert regulador.post(f"{ficha}/inscribir", data={"_version": version}).status_code == 303
    assert "Panadería La Marraqueta" in navegador.get(f"/unidades/{unidad.numero}").text
    sesion.expire_all()
    assert (unidad.estado, unidad.telefono) == ("inscrita", "+59122123456")
    assert verificar_registro(sesion) == []


def test_una_cooperativa_no_elige_forma_legal_y_ve_las_parecidas(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, crear_unidad: Crear
) -> None:
    crear_unidad("Cooperativa de Tejidos Illimani")
    navegador = sesion_web(crear_persona("Ana"))
    datos = {"_id": str(nuevo_id()), "tipo": "COOPERATIVA", "denominacion": "Tejido Ilimani"}
    destino = navegador.post("/mis-unidades/nueva", data=datos).headers["location"]
    assert destino.endswith("/parecidas")
    pagina = navegador.get(destino).text
    assert "Cooperativa de Tejidos Illimani" in pagina
    assert f"{destino.removesuffix('/parecidas')}/paso/actividad" in pagina
    nueva = sesion.exec(select(UnidadEconomica).where(UnidadEconomica.denominacion == "Tejido Ilimani")).one()
    assert nueva.forma_legal == "BO-COOP"


@pytest.mark.parametrize(
    ("paso", "datos", "mensaje"),
    [
        ("nombre", {"denominacion": "x"}, "Use entre 2 y 200 letras"),
        ("lugar", {"municipio_ine": "999999", "direccion": "Mi dirección escrita"}, "Elija un municipio"),
        ("contacto", {"telefono": "no sé", "correo": "bien@example.test"}, "con números"),
        ("identificadores", {"identificadores.BO-NIT": "12"}, "De 4 a 13 números"),
    ],
)
def test_un_error_vuelve_con_lo_escrito_y_no_guarda(
    paso: str,
    datos: dict[str, str],
    mensaje: str,
    sesion: Session,
    sesion_web: Crear,
    crear_persona: Crear,
    actor_de: Crear,
    borrador: Crear,
) -> None:
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana))
    antes = sesion.exec(select(func.count()).select_from(Asiento)).one()
    respuesta = sesion_web(ana).post(
        f"/mis-unidades/{unidad.numero}/paso/{paso}", data={"_version": "1", **datos}
    )
    assert respuesta.status_code == 422
    assert mensaje in respuesta.text
    assert 'class="resumen-errores"' in respuesta.text
    assert all(valor in respuesta.text for campo, valor in datos.items() if campo != "municipio_ine")
    assert sesion.exec(select(func.count()).select_from(Asiento)).one() == antes


def test_un_formulario_viejo_no_pisa_lo_nuevo(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana))
    navegador = sesion_web(ana)
    ruta = f"/mis-unidades/{unidad.numero}/paso/contacto"
    assert navegador.post(ruta, data={"_version": "1", "telefono": "71111111"}).status_code == 303
    assert navegador.post(ruta, data={"_version": "1", "telefono": "72222222"}).status_code == 412
    assert navegador.post(ruta, data={"_version": "x", "telefono": "72222222"}).status_code == 412
    sesion.rollback()
    assert sesion.get_one(UnidadEconomica, unidad.id, populate_existing=True).telefono == "+59171111111"


def test_de_lo_editado_a_la_vez_queda_lo_de_los_dos(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana))
    navegador = sesion_web(ana)
    ruta = f"/mis-unidades/{unidad.numero}/paso/contacto"
    vista = _ocultos(navegador.get(ruta).text)
    ajeno = {**vista, "telefono": "71111111", "correo": "", "sitio_web": "", "descripcion": "Pan"}
    assert navegador.post(ruta, data=ajeno).status_code == 303
    mio = {**vista, "telefono": unidad.telefono, "correo": "", "sitio_web": "", "descripcion": "Pan y tortas"}
    respuesta = navegador.post(ruta, data=mio)
    assert respuesta.status_code == 412
    for dicho in ("ahora dice «+59171111111»", "ahora dice «Pan»", ">Pan y tortas</textarea>"):
        assert dicho in respuesta.text
    otra_vez = {**mio, **_ocultos(respuesta.text), "telefono": "71111111"}
    assert navegador.post(ruta, data=otra_vez).status_code == 303
    sesion.rollback()
    guardada = sesion.get_one(UnidadEconomica, unidad.id, populate_existing=True)
    assert (guardada.telefono, guardada.descripcion) == ("+59171111111", "Pan y tortas")
    borrado = {**_ocultos(navegador.get(ruta).text), "telefono": "71111111", "descripcion": ""}
    assert navegador.post(ruta, data=borrado).status_code == 303
    sesion.rollback()
    guardada = sesion.get_one(UnidadEconomica, unidad.id, populate_existing=True)
    assert (guardada.telefono, guardada.descripcion) == ("+59171111111", None)


@pytest.mark.parametrize("accion", ["", "principal:", "vender:1071", "quitar:<b>", "principal:9999"])
def test_un_boton_de_actividad_que_no_existe_no_cambia_nada(
    accion: str, sesion: Session, sesion_web: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana))
    respuesta = sesion_web(ana).post(
        f"/mis-unidades/{unidad.numero}/paso/actividad", data={"_version": "1", "accion": accion}
    )
    assert respuesta.status_code == 422
    assert "Elija una actividad de la lista" in respuesta.text
    sesion.rollback()
    guardada = sesion.get_one(UnidadEconomica, unidad.id, populate_existing=True)
    assert (guardada.actividad_ciiu, guardada.version) == (unidad.actividad_ciiu, 1)


def test_dar_y_revocar_un_mandato(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear, reloj: Any
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana, facultades=["ADMINISTRAR"])
    base = f"/mis-unidades/{unidad.numero}/mandatos"
    navegador = sesion_web(ana)
    assert "Administrar" in navegador.get(base).text
    malo = navegador.post(f"{base}/nuevo", data={"clase": "persona", "monto_limite": "mucho", "hasta": "x"})
    assert malo.status_code == 422
    for mensaje in ("a quién da el mandato", "Marque al menos una facultad", "1.234,50", "día, mes y año"):
        assert mensaje in malo.text
    desconocido = {"clase": "persona", "ci": "1", "facultades.VENDER": "1"}
    nadie = navegador.post(f"{base}/nuevo", data=desconocido)
    assert nadie.status_code == 422
    assert "Escriba el carnet" in nadie.text
    assert re.search(r'name="facultades.VENDER" value="1" checked', nadie.text)
    for numero, mensaje in (("UE-9999999-9", "No hay una unidad inscrita"), (unidad.numero, "de sí misma")):
        a_unidad = {"clase": "unidad", "unidad": numero, "facultades.VENDER": "1"}
        respuesta = navegador.post(f"{base}/nuevo", data=a_unidad)
        assert respuesta.status_code == 422
        assert mensaje in respuesta.text
        assert 'name="unidad"' in respuesta.text
    ultimo = (reloj.ahora() + timedelta(days=30)).date().isoformat()
    bueno = navegador.post(
        f"{base}/nuevo",
        data={
            "clase": "persona",
            "ci": luis.ci,
            "facultades.VENDER": "1",
            "facultades.DESPACHAR": "1",
            "monto_limite": "1.234,50",
            "hasta": ultimo,
        },
    )
    assert bueno.status_code == 303
    mandato = sesion.exec(select(Mandato).where(Mandato.apoderado_cedula == luis.ci)).one()
    assert "Cédula" in navegador.get(base).text
    ofrecidos = sesion_web(luis).get("/mandatos-ofrecidos").text
    assert "Publicar productos y atender pedidos." in ofrecidos
    aceptado = sesion_web(luis).post(f"/mandatos-ofrecidos/{mandato.id}/aceptacion")
    assert (aceptado.status_code, aceptado.headers["location"]) == (303, "/mis-unidades")
    sesion.rollback()
    assert (mandato.facultades, mandato.monto_limite) == (["VENDER", "DESPACHAR"], bs("1234.50"))
    assert tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.VENDER)
    de_luis = sesion_web(luis)
    assert de_luis.get(f"{base}/nuevo").status_code == 403
    assert de_luis.get(f"{base}/{mandato.id}/revocar").status_code == 200  # one's own may be resigned
    ajeno = sesion.exec(select(Mandato).where(Mandato.apoderado_persona_id == ana.id)).one()
    assert de_luis.post(f"{base}/{ajeno.id}/revocar", data={"motivo": "x"}).status_code == 403
    sin_motivo = navegador.post(f"{base}/{mandato.id}/revocar", data={"motivo": ""})
    assert sin_motivo.status_code == 422
    assert "Escriba el motivo" in sin_motivo.text
    assert navegador.post(f"{base}/{mandato.id}/revocar", data={"motivo": "se fue"}).status_code == 303
    sesion.rollback()
    assert not tiene_facultad(sesion, actor_de(luis), unidad.id, Facultad.VENDER)
    assert de_luis.get(base).status_code == 403


def test_dar_un_mandato_pide_haber_ingresado_hace_poco(
    sesion_web: Crear, crear_persona: Crear, crear_unidad: Crear, reloj: Any
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana)
    navegador = sesion_web(ana)
    reloj.adelantar(timedelta(minutes=31))
    respuesta = navegador.get(f"/mis-unidades/{unidad.numero}/mandatos/nuevo")
    assert respuesta.status_code == 303
    assert respuesta.headers["location"].startswith("/ingresar?")


def test_habilitaciones_de_la_solicitud_a_la_decision(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, crear_unidad: Crear, autoridad: Autoridad
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana)
    navegador, regulador = sesion_web(ana), sesion_web(autoridad.persona)
    base = f"/mis-unidades/{unidad.numero}/habilitaciones"
    assert navegador.post(base, data={"habilitacion": "NADA"}).status_code == 422
    assert navegador.post(base, data={"habilitacion": "VENDEDOR"}).status_code == 303
    assert unidad.numero in regulador.get("/regulador/habilitaciones").text
    decidir = f"/regulador/unidades/{unidad.numero}/habilitaciones/VENDEDOR"
    sin_norma = regulador.post(decidir, data={"otorgar": "1", "norma": "", "desde": "2026-01-01"})
    assert sin_norma.status_code == 422
    assert "Elija una norma de la lista." in sin_norma.text
    sin_motivo = regulador.post(decidir, data={"rechazar": "1", "motivo": ""})
    assert (sin_motivo.status_code, "Escriba por qué la rechaza." in sin_motivo.text) == (422, True)
    assert regulador.post(decidir, data={"norma": "LEY-1398"}).status_code == 422  # no button says what to do
    assert regulador.post(decidir, data={"otorgar": "1", "norma": "LEY-1398"}).status_code == 303
    assert "LEY-1398" in navegador.get(base).text
    assert navegador.post(decidir, data={"otorgar": "1", "norma": "LEY-1398"}).status_code == 403


PAGINAS_AJENAS = (
    "",
    "/mandatos",
    "/habilitaciones",
    "/historia",
    "/cancelar",
    "/paso/contacto",
    "/parecidas",
)


@pytest.mark.parametrize("sufijo", PAGINAS_AJENAS)
def test_nadie_ve_la_casa_de_otro(
    sufijo: str,
    cliente: Any,
    sesion_web: Crear,
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
    borrador: Crear,
) -> None:
    ana, otra = crear_persona("Ana"), crear_persona("Otra")
    inscrita, secreta = crear_unidad(representante=ana), borrador(actor_de(ana), "Secreta")
    assert cliente.get(f"/mis-unidades/{inscrita.numero}{sufijo}").status_code == 303
    ajena = sesion_web(otra)
    assert ajena.get(f"/mis-unidades/{inscrita.numero}{sufijo}").status_code == 403
    assert ajena.get(f"/mis-unidades/{secreta.numero}{sufijo}").status_code == 404
    assert ajena.get(f"/regulador/unidades/{inscrita.numero}").status_code == 403


def test_paginas_publicas(
    cliente: Any, crear_unidad: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    unidad = crear_unidad("<script>alert(1)</script> Tejidos", habilitaciones=["VENDEDOR"])
    secreta = borrador(actor_de(crear_persona("Ana")), "Secreta")
    lista = cliente.get("/unidades", params={"q": "tejidos"})
    assert lista.status_code == 200
    assert unidad.numero in lista.text
    assert "<script>alert" not in lista.text
    perfil = cliente.get(f"/unidades/{unidad.numero}")
    assert perfil.status_code == 200
    assert "Vender en la tienda" in perfil.text
    assert cliente.get(f"/unidades/{unidad.numero.lower().replace('-', ' ')}").status_code == 200
    assert cliente.get(f"/unidades/{secreta.numero}").status_code == 404
    for parametros in (
        {"departamento": "02"},
        {"departamento": "zz", "municipio": "x", "tipo": "?", "actividad": "?"},
    ):
        assert unidad.numero in cliente.get("/unidades", params=parametros).text
    assert "Ninguna unidad coincide" in cliente.get("/unidades", params={"q": "zzzzzz"}).text


def test_corregir_lo_observado(
    sesion: Session,
    sesion_web: Crear,
    crear_persona: Crear,
    actor_de: Crear,
    borrador: Crear,
    autoridad: Autoridad,
) -> None:
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana))
    navegador, regulador = sesion_web(ana), sesion_web(autoridad.persona)
    base, ficha = f"/mis-unidades/{unidad.numero}", f"/regulador/unidades/{unidad.numero}"
    assert navegador.post(f"{base}/presentar", data={"declaro": "1"}).status_code == 303
    motivo = {"_version": _version(regulador.get(ficha).text), "motivo": "Diga la comunidad"}
    assert regulador.post(f"{ficha}/observar", data=motivo).status_code == 303
    assert "Diga la comunidad" in navegador.get(base).text
    assert "Diga la comunidad" in navegador.get(f"{base}/paso/lugar?volver=revisar").text
    datos = {"municipio_ine": "050101", "direccion": "Comunidad Chaquí"}
    assert _enviar(navegador, f"{base}/paso/lugar?volver=revisar", datos) == f"{base}/paso/revisar"
    assert navegador.post(f"{base}/presentar", data={"declaro": "1"}).status_code == 303
    sesion.rollback()
    assert sesion.get_one(UnidadEconomica, unidad.id, populate_existing=True).estado == "subsanada"
    assert "Se presentó la solicitud" in navegador.get(f"{base}/historia").text


def test_descartar_y_retomar(
    sesion: Session, sesion_web: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana))
    navegador = sesion_web(ana)
    base = f"/mis-unidades/{unidad.numero}"
    assert navegador.post(f"{base}/cancelar", data={"motivo": ""}).status_code == 422
    assert navegador.post(f"{base}/cancelar", data={"motivo": "me equivoqué"}).status_code == 303
    assert "Retomar el borrador" in navegador.get(base).text
    assert navegador.post(f"{base}/retomar").status_code == 303
    sesion.rollback()
    estados = sesion.exec(select(UnidadEconomica.estado).where(col(UnidadEconomica.id) == unidad.id)).all()
    assert estados == ["borrador"]
