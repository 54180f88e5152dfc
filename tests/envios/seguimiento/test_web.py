"""The pages: tracking for anybody, the code for the recipient only, the work of the operator by forms."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from empresa_digital.registro import SinHabilitacion
from envios import s10
from envios.eventos.consultas import eventos_de
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from nucleo.ids import nuevo_id
from tests.envios.conftest import POTOSI, SORATA, Reparto

PERSONAL = ("Ana Prueba", "70000001", "Casa azul", "Una chompa")


@pytest.fixture
def cartero(reparto: Reparto, sesion_web: Any) -> Any:
    return sesion_web(reparto.cartero)


def evento(navegador: Any, envio: Envio, codigo: str, formulario: object = None) -> Any:
    datos = {"codigo": codigo, "_id": str(formulario or nuevo_id())}
    return navegador.post(f"/envios/operador/{envio.id}/evento", data=datos)


@pytest.mark.parametrize(
    ("escrito", "mensaje"),
    [
        ("RR473124820BO", "El dígito verificador no coincide"),
        ("RR47312482", "debe tener 13"),
        ("RR473124829XX", "dos letras de un país"),
        ("4R473124829BO", "empezar con dos letras"),
        ("RR47312482OBO", "deben ir 9 dígitos"),
    ],
)
def test_numero_mal_escrito_dice_que_pasa(bd: Any, cliente: Any, escrito: str, mensaje: str) -> None:
    for ruta in (f"/seguimiento?numero={escrito}", f"/seguimiento/{escrito}"):
        respuesta = cliente.get(ruta)
        assert respuesta.status_code == 422
        assert mensaje in respuesta.text
        assert escrito in respuesta.text  # what was typed stays in the box
        assert 'href="#numero"' in respuesta.text


def test_buscar_lleva_al_seguimiento(bd: Any, cliente: Any) -> None:
    assert cliente.get("/seguimiento").status_code == 200
    bien = cliente.get("/seguimiento", params={"numero": " rr 473-124 829 bo "})
    assert (bien.status_code, bien.headers["location"]) == (303, "/seguimiento/RR473124829BO")
    nadie = cliente.get("/seguimiento/RR473124829BO")
    assert nadie.status_code == 404
    assert "no hay un envío con él" in nadie.text


def test_seguimiento_segun_quien_mira(reparto: Reparto, cliente: Any, sesion_web: Any) -> None:
    envio = reparto.enviar()
    ruta = f"/seguimiento/{envio.numero}"
    codigo = f"{envio.codigo_entrega[:3]}&#8239;{envio.codigo_entrega[3:]}"
    publico = cliente.get(ruta)
    assert publico.status_code == 200
    assert s10.validar(envio.numero).legible in publico.text
    assert "El remitente lo entregará al operador" in publico.text
    for navegador in (cliente, sesion_web(reparto.ajeno)):
        texto = navegador.get(ruta).text
        assert not [d for d in (*PERSONAL, codigo, str(envio.id)) if d in texto]
    for quien, ve_codigo, ve_anular in (
        (reparto.ana, True, False),
        (reparto.vendedora, False, True),
        (reparto.cartero, False, False),
    ):
        texto = sesion_web(quien).get(ruta).text
        assert all(dato in texto for dato in PERSONAL)
        assert (codigo in texto) is ve_codigo
        assert ("Pedir la anulación" in texto) is ve_anular


def test_el_codigo_desaparece_al_entregar(reparto: Reparto, cartero: Any, sesion_web: Any) -> None:
    envio, ana = reparto.enviar(), sesion_web(reparto.ana)
    cartero.post(f"/envios/operador/{envio.id}/entregar", data={"codigo_entrega": envio.codigo_entrega})
    texto = ana.get(f"/seguimiento/{envio.numero}").text
    assert "Entregado" in texto
    assert "Su código de entrega" not in texto
    assert f'¿No lo tiene?</strong> <a href="/pedidos/{envio.referencia_id}"' in texto


def test_una_jornada_del_operador(reparto: Reparto, cartero: Any, sesion: Session) -> None:
    envio = reparto.enviar()
    bandeja = cartero.get("/envios/operador").text
    assert envio.numero in bandeja
    recibir = evento(cartero, envio, "EMA")
    assert recibir.status_code == 303
    assert evento(cartero, envio, "EDG").status_code == 303
    reparto_url = f"/envios/operador?unidad={reparto.correos_id}&ver=en_reparto"
    assert f"/envios/operador/{envio.id}/entregar" in cartero.get(reparto_url).text

    sin_motivo = cartero.post(f"/envios/operador/{envio.id}/intento", data={"motivo": "inventado"})
    assert sin_motivo.status_code == 422
    assert "Indique por qué no se entregó" in sin_motivo.text
    intento = cartero.post(
        f"/envios/operador/{envio.id}/intento",
        data={"motivo": "destinatario_ausente", "accion": "nuevo_intento"},
    )
    assert intento.status_code == 303
    sesion.expire_all()
    assert envio_por_id(sesion, envio.id).estado == "intento_fallido"

    malo = "000000" if envio.codigo_entrega != "000000" else "111111"
    rechazo = cartero.post(f"/envios/operador/{envio.id}/entregar", data={"codigo_entrega": malo})
    assert rechazo.status_code == 422
    assert "Quedan 4 intentos" in rechazo.text
    assert f'value="{malo}"' not in rechazo.text  # what was guessed is not shown again
    entrega = cartero.post(
        f"/envios/operador/{envio.id}/entregar",
        data={"codigo_entrega": envio.codigo_entrega, "receptor_nombre": "Luis"},
    )
    assert entrega.status_code == 303
    sesion.expire_all()
    final = envio_por_id(sesion, envio.id)
    assert (final.estado, final.codigo_fallos, final.intentos) == ("entregado", 1, 1)
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA", "EDG", "EMH", "EMI"]
    assert "Este envío ya terminó" in cartero.get(f"/envios/operador/{envio.id}/entregar").text


def test_doble_envio_del_formulario_es_inofensivo(reparto: Reparto, cartero: Any, sesion: Session) -> None:
    envio, formulario = reparto.enviar(), nuevo_id()
    respuestas = [evento(cartero, envio, "EMA", formulario) for _ in range(2)]
    assert [r.status_code for r in respuestas] == [303, 303]
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]


def test_cuentas_de_las_bandejas(reparto: Reparto, cartero: Any) -> None:
    envios = [reparto.enviar() for _ in range(4)]
    for envio in envios[1:]:
        evento(cartero, envio, "EMA")
    evento(cartero, envios[3], "EDG")
    texto = cartero.get("/envios/operador").text
    cuentas = re.findall(r'pestanas__cuenta">(\d+)<', texto)
    assert cuentas == ["1", "2", "1", "0", "0"]
    vacia = cartero.get(f"/envios/operador?unidad={reparto.correos_id}&ver=problemas").text
    assert "Ningún envío con problemas" in vacia


def test_escanear_uno_tras_otro(reparto: Reparto, cartero: Any, sesion: Session) -> None:
    envio = reparto.enviar()
    agencia = reparto.agencia("PT-01", POTOSI, reparto.cartero)
    ajena = reparto.agencia("PT-02", POTOSI)
    ruta = f"/envios/operador/escanear?unidad={reparto.correos_id}"
    assert cartero.get(ruta).status_code == 200
    datos = {
        "numero": s10.validar(envio.numero).legible.lower(),
        "codigo": "EMB",
        "agencia": str(agencia.id),
        "_id": str(nuevo_id()),
    }
    hecho = cartero.post(ruta, data=datos)
    assert hecho.status_code == 303
    siguiente = cartero.get(hecho.headers["location"]).text
    assert "Destino: Sorata, La Paz" in siguiente
    assert 'value="EMB" selected' in siguiente
    assert f'value="{agencia.id}" selected' in siguiente
    assert ajena.nombre not in siguiente
    (guardado,) = eventos_de(sesion, envio.id)
    assert (guardado.codigo, guardado.agencia_id, guardado.fuente) == ("EMB", agencia.id, "escaner")
    assert (guardado.lugar, guardado.municipio_ine) == ("Agencia PT-01", POTOSI)
    for cambios, mensaje in (
        ({"numero": "RR473124820BO"}, "dígito verificador"),
        ({"numero": "RR473124829BO"}, "No existe ese envío"),
        ({"codigo": ""}, "Elija qué pasó"),
        ({"codigo": "EMI"}, "Elija qué pasó"),
        ({"codigo": "EMH"}, "indique el motivo"),
        ({"agencia": str(ajena.id)}, "Elija una agencia de su operador en la que usted trabaje."),
    ):
        mal = cartero.post(ruta, data=datos | {"_id": str(nuevo_id())} | cambios)
        assert mal.status_code == 422
        assert mensaje in mal.text
    sesion.expire_all()
    assert len(eventos_de(sesion, envio.id)) == 1


@pytest.mark.parametrize("quien", ["ana", "vendedora", "ajeno"])
def test_paginas_del_operador_cerradas_a_los_demas(
    reparto: Reparto, sesion_web: Any, sesion: Session, quien: str
) -> None:
    envio, navegador = reparto.enviar(), sesion_web(getattr(reparto, quien))
    negado = 404 if quien == "ajeno" else 403  # to a stranger the shipment does not exist
    for ruta in ("", "/escanear"):
        assert navegador.get(f"/envios/operador{ruta}").status_code == 403
    for ruta in ("", "/entregar", "/intento"):
        assert navegador.get(f"/envios/operador/{envio.id}{ruta}").status_code == negado
    codigo = envio.codigo_entrega
    assert evento(navegador, envio, "EMA").status_code == negado
    assert (
        navegador.post(f"/envios/operador/{envio.id}/entregar", data={"codigo_entrega": codigo}).status_code
        == negado
    )
    assert (
        navegador.post(
            "/envios/operador/escanear", data={"numero": envio.numero, "codigo": "EMA"}
        ).status_code
        == 403
    )
    assert eventos_de(sesion, envio.id) == []
    assert envio_por_id(sesion, envio.id).version == 1


def test_sin_ingresar_lleva_a_ingresar(reparto: Reparto, cliente: Any) -> None:
    envio = reparto.enviar()
    for ruta in ("/envios", "/envios/operador", f"/envios/{envio.id}", f"/envios/{envio.id}/etiqueta"):
        respuesta = cliente.get(ruta)
        assert respuesta.status_code in (303, 401)


def test_mis_envios(reparto: Reparto, sesion_web: Any) -> None:
    envio = reparto.enviar()
    assert envio.numero in sesion_web(reparto.ana).get("/envios").text
    vendedora = sesion_web(reparto.vendedora)
    assert envio.numero not in vendedora.get("/envios").text
    assert envio.numero in vendedora.get("/envios?ver=enviados").text
    ajeno = sesion_web(reparto.ajeno)
    assert "No tiene envíos en camino" in ajeno.get("/envios").text
    assert "No envió nada que esté en camino" in ajeno.get("/envios?ver=enviados").text
    assert ajeno.get(f"/envios/{envio.id}").status_code == 404
    assert vendedora.get(f"/envios/{envio.id}").headers["location"] == f"/seguimiento/{envio.numero}"


def test_renovar_codigo_y_anular_desde_la_pagina(reparto: Reparto, sesion_web: Any, sesion: Session) -> None:
    envio = reparto.enviar()
    ana, vendedora = sesion_web(reparto.ana), sesion_web(reparto.vendedora)
    assert vendedora.post(f"/envios/{envio.id}/codigo").status_code == 404
    assert ana.post(f"/envios/{envio.id}/codigo").status_code == 303
    assert ana.post(f"/envios/{envio.id}/anular").status_code == 403
    sesion.expire_all()
    assert envio_por_id(sesion, envio.id).codigo_version == 2
    assert vendedora.post(f"/envios/{envio.id}/anular").status_code == 303
    sesion.expire_all()
    assert envio_por_id(sesion, envio.id).estado == "anunciado"
    assert vendedora.post(f"/envios/{envio.id}/anular").status_code == 409  # asked already
    assert "La anulación está pedida" in vendedora.get(f"/seguimiento/{envio.numero}").text


def test_el_operador_responde_la_anulacion(
    reparto: Reparto, cartero: Any, sesion_web: Any, sesion: Session
) -> None:
    envio = reparto.enviar()
    ruta = f"/envios/operador/{envio.id}"
    assert "pidió anularlo" not in cartero.get(ruta).text
    assert sesion_web(reparto.vendedora).post(f"/envios/{envio.id}/anular").status_code == 303
    assert "pidió anularlo" in cartero.get(ruta).text
    assert "Indique si confirma" in cartero.post(f"{ruta}/anulacion", data={"nota": ""}).text
    assert cartero.post(f"{ruta}/anulacion", data={"confirma": "si", "nota": ""}).status_code == 303
    sesion.expire_all()
    assert envio_por_id(sesion, envio.id).estado == "anulado"
    assert "pidió anularlo" not in cartero.get(ruta).text


def test_etiqueta_para_remitente_y_operador(reparto: Reparto, cartero: Any, sesion_web: Any) -> None:
    envio = reparto.enviar(contenido="<b>Una</b> chompa")
    for navegador in (cartero, sesion_web(reparto.vendedora)):
        texto = navegador.get(f"/envios/{envio.id}/etiqueta").text
        assert f'aria-label="{envio.numero}"' in texto  # the bars
        assert 'class="qr"' in texto
        assert "Sorata, La Paz" in texto
        assert "&lt;b&gt;Una&lt;/b&gt; chompa" in texto
        assert "style=" not in texto
        assert envio.codigo_entrega not in texto
    assert sesion_web(reparto.ana).get(f"/envios/{envio.id}/etiqueta").status_code == 404
    assert sesion_web(reparto.ajeno).get(f"/envios/{envio.id}/etiqueta").status_code == 404


def test_las_horas_se_ven_en_bolivia(reparto: Reparto, cartero: Any, cliente: Any, reloj: Any) -> None:
    envio = reparto.enviar()
    reloj.adelantar(timedelta(hours=1))
    evento(cartero, envio, "EMA")
    texto = cliente.get(f"/seguimiento/{envio.numero}").text
    assert "-04:00" in texto


def test_mis_envios_por_llegar_enviados_y_terminados(reparto: Reparto, cartero: Any, sesion_web: Any) -> None:
    en_camino, entregado = reparto.enviar(), reparto.enviar()
    evento(cartero, en_camino, "EMA")
    cartero.post(
        f"/envios/operador/{entregado.id}/entregar", data={"codigo_entrega": entregado.codigo_entrega}
    )
    for quien, lista in ((reparto.ana, "por_llegar"), (reparto.vendedora, "enviados")):
        navegador = sesion_web(quien)
        viene, termino = (
            navegador.get(f"/envios?ver={lista}").text,
            navegador.get("/envios?ver=terminados").text,
        )
        assert (en_camino.numero in viene, entregado.numero in viene) == (True, False)
        assert (en_camino.numero in termino, entregado.numero in termino) == (False, True)
        assert "Nada: ya terminó." in termino
        assert "Sin fecha" in viene
    assert sesion_web(reparto.ana).get("/envios?ver=otra").status_code == 422
    assert "Todavía no terminó ninguno" in sesion_web(reparto.ajeno).get("/envios?ver=terminados").text


def test_lo_que_se_anota_de_un_toque_ocurre_donde_esta_quien_trabaja(
    reparto: Reparto, cartero: Any, sesion: Session
) -> None:
    """With one agency it is there; with several, in the one that they said, and nobody else's."""
    uno, otro, ajena = reparto.enviar(), reparto.enviar(), nuevo_id()
    sorata = reparto.agencia("SO-01", SORATA, reparto.cartero)
    pagina = cartero.get(f"/envios/operador/{uno.id}").text
    assert "Usted está en Agencia SO-01" in pagina
    assert f'name="agencia" value="{sorata.id}"' in pagina
    ruta = f"/envios/operador/{uno.id}/evento"
    hecho = cartero.post(
        ruta,
        data={"codigo": "EMA", "volver": "por_admitir", "agencia": str(sorata.id), "_id": str(nuevo_id())},
    )
    assert hecho.headers["location"].endswith(f"&ver=por_admitir&agencia={sorata.id}")
    (suceso,) = eventos_de(sesion, uno.id)
    assert (suceso.agencia_id, suceso.lugar, suceso.municipio_ine) == (sorata.id, "Agencia SO-01", SORATA)

    potosi = reparto.agencia("PT-01", POTOSI, reparto.cartero)
    bandeja = cartero.get("/envios/operador").text
    assert "En qué agencia está usted" in bandeja
    assert f'name="agencia" value="{potosi.id}"' not in bandeja
    elegida = cartero.get("/envios/operador", params={"agencia": str(potosi.id), "ver": "en_manos"}).text
    assert f'name="agencia" value="{potosi.id}"' in elegida
    for agencia, falta in ((str(ajena), "Elija una agencia de su operador"), ("x" * 36, "")):
        mal = cartero.post(
            f"/envios/operador/{otro.id}/evento", data={"codigo": "EMA", "volver": "", "agencia": agencia}
        )
        assert (mal.status_code, falta in mal.text) == (422, True)
    sesion.expire_all()
    assert eventos_de(sesion, otro.id) == []


def test_un_operador_suspendido_termina_lo_que_tiene(reparto: Reparto, cartero: Any, suspender: Any) -> None:
    """Its pages and its telephones stay open for what it holds; nothing new is announced to it."""
    envio = reparto.enviar()
    evento(cartero, envio, "EMA")
    suspender(reparto.correos_id)
    assert evento(cartero, envio, "EDG").status_code == 303
    reparte = cartero.get("/envios/operador", params={"ver": "en_reparto"})
    assert (reparte.status_code, envio.numero in reparte.text) == (200, True)
    en_el_telefono = cartero.get("/escaner/estado").json()["operadores"]
    assert [o["id"] for o in en_el_telefono] == [str(reparto.correos_id)]
    with pytest.raises(SinHabilitacion):
        reparto.enviar()
