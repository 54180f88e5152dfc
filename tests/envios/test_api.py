"""The JSON routes: who may, exact answers, and that a refusal changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from envios.eventos.consultas import eventos_de
from envios.eventos.modelos import IncidenciaDeEnvio
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from nucleo.ids import nuevo_id
from nucleo.modelos import ClaveIdempotencia
from nucleo.reloj import ahora
from tests.envios.conftest import SORATA, Reparto


@pytest.fixture
def como(cliente: Any, token_de: Any) -> Any:
    """`como(persona, "POST", "/api/v1/…", cuerpo)` -> the answer to that person's token."""

    def pedir(persona: Any, metodo: str, ruta: str, cuerpo: Any = None, **cabeceras: str) -> Any:
        quien = {"Authorization": f"Bearer {token_de(persona)}"} if persona else {}
        return cliente.request(metodo, ruta, json=cuerpo, headers=quien | cabeceras)

    return pedir


def cuerpo_de_envio(reparto: Reparto) -> dict[str, Any]:
    return {
        "remitente_unidad_id": str(reparto.tienda_id),
        "operador_unidad_id": str(reparto.correos_id),
        "destinatario_persona_id": str(reparto.ana.id),
        "destinatario_nombre": "Ana Prueba",
        "destinatario_telefono": "70000001",
        "destino_municipio_ine": SORATA,
        "destino_referencia": "Casa azul frente a la plaza",
        "peso_g": 450,
        "contenido": "Una chompa",
    }


def hace(minutos: int) -> str:
    return (ahora() - timedelta(minutes=minutos)).replace(microsecond=0).isoformat()


def test_crear_leer_y_repetir_con_clave(reparto: Reparto, como: Any, sesion: Session) -> None:
    cuerpo, clave = cuerpo_de_envio(reparto), str(nuevo_id())
    primera = como(reparto.vendedora, "POST", "/api/v1/envios", cuerpo, **{"Idempotency-Key": clave})
    assert primera.status_code == 201, primera.text
    leido = primera.json()
    assert primera.headers["location"] == f"/api/v1/envios/{leido['id']}"
    assert (leido["estado"], leido["etiqueta"], leido["papel"]) == ("anunciado", "InfoReceived", "remitente")
    assert leido["codigo_entrega"] is None  # the sender never sees it
    assert (leido["referencia_tipo"], leido["referencia_id"]) == ("envio", leido["id"])
    repetida = como(reparto.vendedora, "POST", "/api/v1/envios", cuerpo, **{"Idempotency-Key": clave})
    assert (repetida.status_code, repetida.content) == (201, primera.content)
    assert [str(e.id) for e in sesion.exec(select(Envio))] == [leido["id"]]

    de_ana = como(reparto.ana, "GET", f"/api/v1/envios/{leido['id']}").json()
    envio = sesion.exec(select(Envio)).one()
    assert (de_ana["papel"], de_ana["codigo_entrega"]) == ("destinatario", envio.codigo_entrega)
    del_cartero = como(reparto.cartero, "GET", f"/api/v1/envios/{leido['id']}").json()
    assert (del_cartero["papel"], del_cartero["codigo_entrega"]) == ("operador", None)
    assert como(reparto.ajeno, "GET", f"/api/v1/envios/{leido['id']}").status_code == 404
    assert como(None, "GET", f"/api/v1/envios/{leido['id']}").status_code == 401


@pytest.mark.parametrize("quien", ["ana", "cartero", "ajeno"])
def test_crear_solo_quien_vende(reparto: Reparto, como: Any, sesion: Session, quien: str) -> None:
    respuesta = como(getattr(reparto, quien), "POST", "/api/v1/envios", cuerpo_de_envio(reparto))
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (403, "sin_facultad")
    assert sesion.exec(select(Envio)).all() == []


def test_crear_rechaza_destinatario_que_no_existe_y_referencias_ajenas(
    reparto: Reparto, como: Any, sesion: Session
) -> None:
    cuerpo = cuerpo_de_envio(reparto)
    nadie = como(
        reparto.vendedora, "POST", "/api/v1/envios", cuerpo | {"destinatario_persona_id": str(nuevo_id())}
    )
    assert (nadie.status_code, list(nadie.json()["campos"])) == (422, ["destinatario_persona_id"])
    # Nobody may claim through the API that a shipment belongs to somebody's order.
    ajena = como(
        reparto.vendedora,
        "POST",
        "/api/v1/envios",
        cuerpo | {"referencia_tipo": "pedido", "referencia_id": str(nuevo_id())},
    )
    assert ajena.status_code == 422
    nulo = como(reparto.vendedora, "POST", "/api/v1/envios", cuerpo | {"contenido": "a\x00b"})
    assert nulo.status_code == 422
    assert sesion.exec(select(Envio)).all() == []


def test_lista_de_cada_quien_con_cursor(reparto: Reparto, como: Any) -> None:
    envios = [reparto.enviar() for _ in range(3)]
    esperados = [str(e.id) for e in reversed(envios)]
    for quien, papel in (
        (reparto.ana, "destinatario"),
        (reparto.vendedora, "remitente"),
        (reparto.cartero, "operador"),
    ):
        primera = como(quien, "GET", "/api/v1/envios?limite=2").json()
        segunda = como(quien, "GET", f"/api/v1/envios?limite=2&cursor={primera['siguiente']}").json()
        datos = primera["datos"] + segunda["datos"]
        assert [e["id"] for e in datos] == esperados
        assert {e["papel"] for e in datos} == {papel}
        assert segunda["siguiente"] is None
    assert como(reparto.ajeno, "GET", "/api/v1/envios").json() == {"datos": [], "siguiente": None}


def test_un_evento_y_su_repeticion(reparto: Reparto, como: Any) -> None:
    envio = reparto.enviar()
    ruta = f"/api/v1/envios/{envio.id}/eventos"
    cuerpo = {"codigo": "EMA", "ocurrido_en": "2026-01-02T08:30:00-04:00", "lugar": "Oruro"}
    assert como(reparto.cartero, "POST", ruta, cuerpo).json()["codigo"] == "evento_invalido"  # long before
    cuerpo["ocurrido_en"] = hace(30)
    nuevo = como(reparto.cartero, "POST", ruta, cuerpo)
    assert (nuevo.status_code, nuevo.json()["resultado"], nuevo.json()["estado"]) == (
        201,
        "registrado",
        "admitido",
    )
    repetido = como(reparto.cartero, "POST", ruta, cuerpo)
    assert (repetido.status_code, repetido.json()["resultado"]) == (200, "repetido")
    assert repetido.json()["evento"]["id"] == nuevo.json()["evento"]["id"]
    eventos = como(reparto.ana, "GET", ruta).json()["datos"]
    assert [(e["codigo"], e["estado"], e["subetiqueta"]) for e in eventos] == [
        ("EMA", "recibido", "InTransit_002")
    ]
    assert como(reparto.ajeno, "GET", ruta).status_code == 404


@pytest.mark.parametrize("quien", ["ana", "vendedora", "ajeno"])
def test_eventos_solo_del_operador(reparto: Reparto, como: Any, sesion: Session, quien: str) -> None:
    envio, persona = reparto.enviar(), getattr(reparto, quien)
    codigo = envio.codigo_entrega
    for ruta, cuerpo in (
        (f"/api/v1/envios/{envio.id}/eventos", {"codigo": "EMA"}),
        (f"/api/v1/envios/{envio.id}/entrega", {"codigo_entrega": codigo}),
        (
            "/api/v1/eventos-de-envio",
            {
                "operador_unidad_id": str(reparto.correos_id),
                "eventos": [{"numero": envio.numero, "codigo": "EMA"}],
            },
        ),
    ):
        oculto = quien == "ajeno" and str(envio.id) in ruta
        assert como(persona, "POST", ruta, cuerpo).status_code == (404 if oculto else 403)
    assert eventos_de(sesion, envio.id) == []
    assert (envio_por_id(sesion, envio.id).version, envio_por_id(sesion, envio.id).codigo_fallos) == (1, 0)


def test_entrega_por_api_cuenta_los_codigos_malos(reparto: Reparto, como: Any, sesion: Session) -> None:
    envio = reparto.enviar()
    ruta = f"/api/v1/envios/{envio.id}/entrega"
    malo = "000000" if envio.codigo_entrega != "000000" else "111111"
    rechazo = como(reparto.cartero, "POST", ruta, {"codigo_entrega": malo})
    assert rechazo.headers["content-type"] == "application/problem+json"
    assert (rechazo.status_code, rechazo.json()["codigo"]) == (422, "codigo_incorrecto")
    assert rechazo.json()["intentos_restantes"] == 4
    assert envio_por_id(sesion, envio.id).codigo_fallos == 1  # kept although the request was refused
    sesion.rollback()
    bien = como(
        reparto.cartero, "POST", ruta, {"codigo_entrega": envio.codigo_entrega, "receptor_nombre": "Luis"}
    )
    assert (bien.status_code, bien.json()["estado"]) == (201, "entregado")
    assert bien.json()["evento"]["receptor_nombre"] == "Luis"
    otra = como(reparto.cartero, "POST", ruta, {"codigo_entrega": envio.codigo_entrega})
    assert (otra.status_code, otra.json()["estado"]) == (
        201,
        "entregado",
    )  # kept, and looked at
    assert [i.clase for i in sesion.exec(select(IncidenciaDeEnvio))] == ["entrega_doble"]


def test_codigo_malo_con_clave_de_idempotencia_cuenta_una_vez(
    reparto: Reparto, como: Any, sesion: Session
) -> None:
    envio, clave = reparto.enviar(), str(nuevo_id())
    malo = "000000" if envio.codigo_entrega != "000000" else "111111"
    ruta = f"/api/v1/envios/{envio.id}/entrega"
    respuestas = [
        como(reparto.cartero, "POST", ruta, {"codigo_entrega": malo}, **{"Idempotency-Key": clave})
        for _ in range(3)
    ]
    assert {r.status_code for r in respuestas} == {422}
    assert len({r.content for r in respuestas}) == 1
    assert envio_por_id(sesion, envio.id).codigo_fallos == 1


def test_lote_con_resultado_de_cada_uno(reparto: Reparto, como: Any, sesion: Session) -> None:
    uno, dos = reparto.enviar(), reparto.enviar()
    cuerpo = {
        "operador_unidad_id": str(reparto.correos_id),
        "eventos": [
            {"numero": uno.numero, "codigo": "EMC", "ocurrido_en": hace(20), "evento_cliente_id": "a2"},
            {
                "numero": uno.numero.lower(),
                "codigo": "EMA",
                "ocurrido_en": hace(40),
                "evento_cliente_id": "a1",
            },
            {"numero": "RR473124829BO", "codigo": "EMA", "ocurrido_en": hace(40)},
            {"numero": dos.numero, "codigo": "EMH", "ocurrido_en": hace(10)},
            {"numero": dos.numero, "codigo": "X77", "ocurrido_en": hace(30)},
        ],
    }
    leido = como(reparto.cartero, "POST", "/api/v1/eventos-de-envio", cuerpo).json()
    assert [(r["resultado"], r["codigo"]) for r in leido["datos"]] == [
        ("registrado", None),
        ("registrado", None),
        ("rechazado", "envio_no_encontrado"),
        ("rechazado", "falta_motivo_y_accion"),
        ("registrado", None),
    ]
    assert (leido["registrados"], leido["repetidos"], leido["rechazados"]) == (3, 0, 2)
    otra = como(reparto.cartero, "POST", "/api/v1/eventos-de-envio", cuerpo).json()
    assert (otra["registrados"], otra["repetidos"], otra["rechazados"]) == (0, 3, 2)
    assert [e.codigo for e in eventos_de(sesion, uno.id)] == ["EMA", "EMC"]
    assert envio_por_id(sesion, dos.id).estado == "anunciado"


def test_lote_fuera_de_limites(reparto: Reparto, como: Any) -> None:
    base = {"operador_unidad_id": str(reparto.correos_id)}
    evento = {"numero": "RR473124829BO", "codigo": "EMA"}
    for eventos in (
        [],
        [evento] * 1_001,
        [evento | {"codigo": "ema"}],
        [evento | {"ocurrido_en": "2026-01-01T00:00:00"}],
    ):
        respuesta = como(reparto.cartero, "POST", "/api/v1/eventos-de-envio", base | {"eventos": eventos})
        assert respuesta.status_code == 422


def test_anular_y_renovar_codigo(reparto: Reparto, como: Any, sesion: Session) -> None:
    envio = reparto.enviar()
    ruta = f"/api/v1/envios/{envio.id}"
    assert como(reparto.vendedora, "POST", f"{ruta}/codigo-de-entrega").status_code == 404
    nuevo, otra = (
        como(reparto.ana, "POST", f"{ruta}/codigo-de-entrega", **{"Idempotency-Key": "k"}) for _ in "12"
    )
    assert (nuevo.status_code, otra.content) == (200, nuevo.content)
    codigo = nuevo.json()["codigo_entrega"]
    assert codigo not in (None, envio.codigo_entrega)
    (guardada,) = sesion.exec(select(ClaveIdempotencia))
    assert codigo.encode() not in guardada.cuerpo  # a copy of the database delivers nothing (0007)
    for quien in (reparto.ana, reparto.cartero):
        assert como(quien, "POST", f"{ruta}/anulacion").status_code == 403
    assert como(reparto.ajeno, "POST", f"{ruta}/anulacion").status_code == 404
    assert como(reparto.vendedora, "POST", f"{ruta}/anulacion").json()["estado"] == "pedida"
    assert como(reparto.vendedora, "POST", f"{ruta}/anulacion").json()["codigo"] == "anulacion_ya_pedida"
    assert como(reparto.vendedora, "GET", ruta).json()["estado"] == "anunciado"


PERSONAL = ("Ana", "70000001", "Casa azul", "chompa", "Jorge Testigo", "Puerta de Ana", "No había nadie")


def test_seguimiento_publico_sin_datos_personales(reparto: Reparto, como: Any) -> None:
    envio = reparto.enviar()
    como(
        reparto.cartero,
        "POST",
        f"/api/v1/envios/{envio.id}/eventos",
        {"codigo": "EMA", "lugar": "Oficina Oruro"},
    )
    como(
        reparto.cartero,
        "POST",
        f"/api/v1/envios/{envio.id}/eventos",
        {
            "codigo": "EMH",
            "motivo": "destinatario_ausente",
            "accion": "nuevo_intento",
            "lugar": "Puerta de Ana",
            "municipio_ine": "020601",
        },
    )
    publico = como(None, "GET", f"/api/v1/seguimiento/{envio.numero[:2]}-{envio.numero[2:]}".lower())
    assert publico.status_code == 200
    assert not [dato for dato in PERSONAL if dato in publico.text]
    assert envio.codigo_entrega not in publico.text
    leido = publico.json()
    assert (leido["numero"], leido["estado"], leido["etiqueta"]) == (
        envio.numero,
        "intento_fallido",
        "AttemptFail",
    )
    assert leido["destino"] == "Sorata, La Paz"
    assert leido["siguiente_paso"] == "Se intentará otra vez."
    assert [(e["codigo"], e["lugar"], e["accion"]) for e in leido["eventos"]] == [
        ("EMA", "Oficina Oruro", None),
        ("EMH", "Sorata, La Paz", "Se intentará otra vez"),
    ]


def test_seguimiento_de_numeros_malos_y_desconocidos(bd: Any, cliente: Any) -> None:
    malo = cliente.get("/api/v1/seguimiento/RR473124820BO")
    assert (malo.status_code, malo.json()["codigo"]) == (422, "numero_s10_invalido")
    assert malo.json()["motivo"] == "digito_verificador"
    nadie = cliente.get("/api/v1/seguimiento/RR473124829BO")
    assert (nadie.status_code, nadie.json()["codigo"]) == (404, "envio_no_encontrado")
    assert cliente.get("/api/v1/seguimiento/%00").status_code == 404


def test_seguimiento_tiene_limite(bd: Any, cliente: Any) -> None:
    estados = [cliente.get("/api/v1/seguimiento/RR473124829BO").status_code for _ in range(130)]
    assert set(estados) == {404, 429}  # at most two windows of a minute meet these requests
    assert estados.count(404) <= 120
