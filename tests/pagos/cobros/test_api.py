"""The JSON routes: exact answers, who may, and that a refusal changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from ciudadania.clientes import crear_cliente
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos.cobros import formato_cpt
from pagos.cobros.modelos import Orden
from tests.pagos.cobros.conftest import Caja

ORDENES = "/api/v1/ordenes-de-cobro"
CONCEPTOS = "/api/v1/conceptos-de-cobro"


def cuerpo(caja: Caja, **cambios: Any) -> dict[str, Any]:
    return {
        "unidad_id": str(caja.alcaldia.id),
        "detalle": "Trámite de prueba",
        "lineas": [
            {"descripcion": "Este es el pago 1", "precio": {"monto": "40.00"}, "codigo_sin": "815461"},
            {"descripcion": "Este es el pago 2", "precio": {"monto": "20.05"}, "cantidad": "1.5"},
        ],
        "pagador": {"tipo": "CI", "documento": "7000001", "nombre": "Ana Prueba"},
        "facturacion": {"razon_social": "Ana Prueba", "nit": "7000001017", "correo": "ana@example.test"},
    } | cambios


def concepto(caja: Caja, **cambios: Any) -> dict[str, Any]:
    return {
        "unidad_id": str(caja.alcaldia.id),
        "codigo": "pat-fun",
        "nombre": "Patente",
        "norma": "Ley Municipal 1",
        "monto": {"monto": "12.50"},
        "vigente_desde": "2026-01-01",
    } | cambios


def test_registrar_leer_y_repetir(caja: Caja, como: Any) -> None:
    datos = cuerpo(caja, referencia="TR-1")
    primera = como(caja.cajera, "POST", ORDENES, datos)
    assert primera.status_code == 201, primera.text
    leida = primera.json()
    assert primera.headers["location"] == f"{ORDENES}/{leida['id']}"
    assert primera.headers["etag"] == '"1"'
    # 1.5 × 20.05 = 30.075, a tie that goes to the even centavo.
    assert [linea["subtotal"]["monto"] for linea in leida["lineas"]] == ["40.00", "30.08"]
    assert (leida["monto"]["monto"], leida["saldo"]["monto"], leida["estado"]) == (
        "70.08",
        "70.08",
        "pendiente",
    )
    assert leida["url_pago"] == f"http://127.0.0.1/pagar/{leida['cpt']}"
    assert leida["facturacion"]["nit"] == "7000001017"
    repetida = como(caja.cajera, "POST", ORDENES, datos)
    assert (repetida.status_code, repetida.json()) == (200, leida)
    antes = caja.foto()
    otra = como(caja.cajera, "POST", ORDENES, datos | {"detalle": "Otra cosa"})
    assert (otra.status_code, otra.json()["codigo"]) == (409, "referencia_con_otros_datos")
    assert caja.foto() == antes


def test_la_clave_de_idempotencia_responde_lo_mismo(caja: Caja, como: Any) -> None:
    clave = {"Idempotency-Key": str(nuevo_id())}
    primera = como(caja.cajera, "POST", ORDENES, cuerpo(caja), **clave)
    segunda = como(caja.cajera, "POST", ORDENES, cuerpo(caja), **clave)
    assert (segunda.status_code, segunda.content) == (201, primera.content)
    with transaccion() as sesion:
        assert len(sesion.exec(select(Orden)).all()) == 1


@pytest.mark.parametrize("quien", ["ana", "luis", "ajena"])
def test_solo_quien_cobra_emite_y_anula(caja: Caja, como: Any, quien: str) -> None:
    orden, persona = caja.emitir(), getattr(caja, quien)
    antes = caja.foto()
    emitir = como(persona, "POST", ORDENES, cuerpo(caja))
    assert (emitir.status_code, emitir.json()["codigo"]) == (403, "sin_facultad")
    anular = como(persona, "POST", f"{ORDENES}/{orden.id}/anulacion", {"motivo": "x"}, **{"If-Match": '"1"'})
    assert anular.status_code == 404  # it is none of their business
    assert como(persona, "GET", f"{ORDENES}?unidad_id={caja.alcaldia.id}").status_code == 403
    assert como(persona, "GET", ORDENES).json() == {"datos": [], "siguiente": None}
    assert como(None, "POST", ORDENES, cuerpo(caja)).status_code == 401
    assert caja.foto() == antes


def test_la_orden_entera_solo_para_quien_le_concierne(caja: Caja, como: Any) -> None:
    orden = caja.emitir(pagador={"tipo": "CI", "documento": "7000001"})
    ruta = f"{ORDENES}/{orden.id}"
    for persona, estado in ((caja.cajera, 200), (caja.alberto, 200), (caja.ana, 200), (caja.luis, 404)):
        assert como(persona, "GET", ruta).status_code == estado
    assert como(None, "GET", ruta).status_code == 401
    caja.pagar(orden, quien=caja.luis, cuenta=caja.de_luis)  # anybody may pay, and then may see it
    assert como(caja.luis, "GET", ruta).json()["estado"] == "pagada"


def test_lo_publico_no_lleva_datos_de_personas(caja: Caja, como: Any) -> None:
    orden = como(caja.cajera, "POST", ORDENES, cuerpo(caja)).json()
    respuesta = como(None, "GET", f"/api/v1/cobros/{orden['cpt']}")
    publico = respuesta.json()
    assert respuesta.status_code == 200
    assert set(publico) == {
        "id",
        "cpt",
        "unidad_numero",
        "unidad_nombre",
        "detalle",
        "monto",
        "saldo",
        "parcial",
        "minimo",
        "vence_en",
        "estado",
        "devolucion",
        "qr",
    }
    assert (publico["unidad_nombre"], publico["saldo"]["monto"]) == ("Municipio de Prueba", "70.08")
    for personal in ("7000001", "Ana", "example.test"):
        assert personal not in respuesta.text
    # Typed in any tolerable way; wrong check digit and unknown codes are told apart.
    assert como(None, "GET", f"/api/v1/cobros/cpt {orden['cpt'].replace('-', ' ')}").status_code == 200
    assert como(None, "GET", "/api/v1/cobros/4821-0937-5515").json()["codigo"] == "cpt_invalido"
    assert como(None, "GET", "/api/v1/cobros/4821-0937-5514").json()["codigo"] == "orden_no_encontrada"


def test_las_consultas_por_codigo_tienen_cupo(caja: Caja, como: Any) -> None:
    estados = [como(None, "GET", "/api/v1/cobros/4821-0937-5514").status_code for _ in range(61)]
    assert estados[-1] == 429
    assert set(estados[:-1]) == {404}


def test_pagar_por_la_api(caja: Caja, como: Any) -> None:
    orden = caja.emitir("60.00")
    ruta, id = f"{ORDENES}/{orden.id}/pagos", str(nuevo_id())
    cuerpo_ = {"id": id, "cuenta": caja.de_ana}
    antes = caja.foto()
    assert como(None, "POST", ruta, cuerpo_).status_code == 401
    ajena = como(caja.luis, "POST", ruta, cuerpo_)  # from Ana's wallet
    assert (ajena.status_code, caja.foto() == antes) == (403, True)
    pagado = como(caja.ana, "POST", ruta, cuerpo_)
    assert pagado.status_code == 201
    assert (pagado.json()["monto"]["monto"], pagado.json()["transferencia_id"]) == ("60.00", id)
    assert como(caja.ana, "POST", ruta, cuerpo_).json() == pagado.json()
    otro = como(caja.ana, "POST", ruta, cuerpo_ | {"id": str(nuevo_id())})
    assert (otro.status_code, otro.json()["codigo"]) == (409, "orden_ya_pagada")
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (60_00, 440_00)


def test_anular_pide_la_version_que_se_leyo(caja: Caja, como: Any) -> None:
    orden = caja.emitir("60.00", parcial=True)
    ruta, motivo = f"{ORDENES}/{orden.id}/anulacion", {"motivo": "Duplicada"}
    assert como(caja.cajera, "POST", ruta, motivo).status_code == 428
    caja.pagar(orden, monto=bs("10.00"))
    antes = caja.foto()
    vieja = como(caja.cajera, "POST", ruta, motivo, **{"If-Match": '"1"'})
    assert vieja.status_code == 412
    con_pagos = como(caja.cajera, "POST", ruta, motivo, **{"If-Match": '"2"'})
    assert (con_pagos.status_code, con_pagos.json()["codigo"]) == (409, "orden_con_pagos")
    assert caja.foto() == antes
    libre = caja.emitir()
    anulada = como(
        caja.cajera, "POST", f"{ORDENES}/{libre.id}/anulacion", motivo, **{"If-Match": '"1"'}
    ).json()
    assert (anulada["estado"], anulada["motivo_anulacion"], anulada["version"]) == ("anulada", "Duplicada", 2)


def test_una_maquina_de_la_unidad_cobra_con_su_alcance(caja: Caja, cliente: Any, crear_unidad: Any) -> None:
    def token(alcances: list[str], unidad_id: Any) -> dict[str, str]:
        with transaccion() as sesion:
            maquina, secreto = crear_cliente(
                sesion, Actor.sistema("prueba"), alcances[0], unidad_id=unidad_id, alcances=alcances
            )
        datos = {"grant_type": "client_credentials", "client_id": str(maquina.id), "client_secret": secreto}
        return {"Authorization": f"Bearer {cliente.post('/oauth/token', data=datos).json()['access_token']}"}

    propia = token(["cobros"], caja.alcaldia.id)
    emitida = cliente.post(ORDENES, json=cuerpo(caja), headers=propia)
    assert emitida.status_code == 201, emitida.text
    assert len(cliente.get(ORDENES, headers=propia).json()["datos"]) == 1
    pagos = f"{ORDENES}/{emitida.json()['id']}/pagos"
    pago = {"id": str(nuevo_id()), "cuenta": caja.de_ana}
    assert cliente.post(pagos, json=pago, headers=propia).status_code == 403  # charging is not paying
    con_pagos = token(["pagos"], caja.alcaldia.id)
    assert cliente.post(ORDENES, json=cuerpo(caja), headers=con_pagos).status_code == 403
    assert cliente.post(pagos, json=pago, headers=con_pagos).status_code == 403  # Ana's account is not its
    otra = crear_unidad("Otra", representante=caja.luis)
    de_otra = token(["cobros"], otra.id)
    assert cliente.post(ORDENES, json=cuerpo(caja), headers=de_otra).status_code == 403
    assert cliente.get(f"{ORDENES}/{emitida.json()['id']}", headers=de_otra).status_code == 404


def test_sin_habilitacion_no_se_cobra(caja: Caja, como: Any, crear_unidad: Any) -> None:
    cerrada = crear_unidad("Sin permiso", representante=caja.luis)
    for ruta, datos in (
        (ORDENES, cuerpo(caja, unidad_id=str(cerrada.id))),
        (CONCEPTOS, concepto(caja, unidad_id=str(cerrada.id))),
    ):
        respuesta = como(caja.luis, "POST", ruta, datos)
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "sin_habilitacion")


@pytest.mark.parametrize(
    "cambios",
    [
        {"lineas": []},
        {"concepto": "X"},
        {"detalle": None},
        {"lineas": [{"descripcion": "x", "precio": {"monto": "0.00"}}]},
        {"lineas": [{"descripcion": "x", "precio": {"monto": "1.00001"}}]},
        {"lineas": [{"descripcion": "x", "precio": {"monto": "1"}, "cantidad": "0"}]},
        {"lineas": [{"descripcion": "x\u0000", "precio": {"monto": "1"}}]},
        {"minimo": {"monto": "5"}},
        {"parcial": True, "minimo": {"monto": "70.09"}},
        {"pagador": {"tipo": "CI", "documento": "abc"}},
        {"vence_en": "2020-01-01T00:00:00-04:00"},
        {"vence_en": "2026-12-01T00:00:00"},
        {"referencia": "con espacio"},
        {"sobra": 1},
    ],
)
def test_pedidos_mal_formados(caja: Caja, como: Any, cambios: dict[str, Any]) -> None:
    antes = caja.foto()
    respuesta = como(caja.cajera, "POST", ORDENES, cuerpo(caja) | cambios)
    assert (respuesta.status_code, caja.foto() == antes) == (422, True), respuesta.text


# --- Lists ----------------------------------------------------------------------------------------------


def test_lista_con_filtros_y_cursor(caja: Caja, como: Any, reloj: Any) -> None:
    corta = caja.emitir(referencia="R-1", vence_en=caja.en(hours=1))
    pagada, pendiente = caja.emitir(referencia="R-2"), caja.emitir(referencia="R-3")
    caja.pagar(pagada)
    reloj.adelantar(timedelta(hours=2))  # no sweep ran: what people see does not wait for it

    def ids(consulta: str) -> list[str]:
        return [o["id"] for o in como(caja.cajera, "GET", f"{ORDENES}?{consulta}").json()["datos"]]

    assert ids("") == [str(o.id) for o in (pendiente, pagada, corta)]
    assert ids("estado=vencida") == [str(corta.id)]
    assert ids("estado=pendiente") == [str(pendiente.id)]
    assert ids("estado=pagada") == [str(pagada.id)]
    assert ids("referencia=R-3") == [str(pendiente.id)]
    primera = como(caja.cajera, "GET", f"{ORDENES}?limite=2").json()
    segunda = como(caja.cajera, "GET", f"{ORDENES}?limite=2&cursor={primera['siguiente']}").json()
    assert [o["id"] for o in primera["datos"] + segunda["datos"]] == ids("")
    assert segunda["siguiente"] is None


# --- Catalogue ------------------------------------------------------------------------------------------


def test_catalogo_de_punta_a_punta(caja: Caja, como: Any) -> None:
    creado = como(caja.alberto, "POST", CONCEPTOS, concepto(caja))
    assert creado.status_code == 201, creado.text
    leido = creado.json()
    assert (leido["codigo"], leido["monto"]["monto"]) == ("PAT-FUN", "12.50")
    ruta = f"{CONCEPTOS}/{leido['id']}"
    publico = como(None, "GET", f"{CONCEPTOS}?unidad_id={caja.alcaldia.id}").json()["datos"]
    assert publico == [leido]
    assert como(caja.alberto, "PATCH", ruta, {"nombre": "Otro"}).status_code == 428
    editado = como(caja.alberto, "PATCH", ruta, {"monto": {"monto": "13.00"}}, **{"If-Match": '"1"'})
    assert (editado.json()["monto"]["monto"], editado.headers["etag"]) == ("13.00", '"2"')
    assert como(caja.alberto, "PATCH", ruta, {"nombre": "Otro"}, **{"If-Match": '"1"'}).status_code == 412
    orden = como(
        caja.cajera,
        "POST",
        ORDENES,
        {"unidad_id": str(caja.alcaldia.id), "concepto": "PAT-FUN", "cantidad": "3"},
    ).json()
    assert (orden["monto"]["monto"], orden["detalle"]) == ("39.00", "Patente")
    antes = caja.foto()
    for cambio in ({"monto": {"monto": "14.00"}}, {"norma": "Otra ley"}):
        respuesta = como(caja.alberto, "PATCH", ruta, cambio, **{"If-Match": '"2"'})
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "concepto_en_uso")
    borrar = como(caja.alberto, "DELETE", ruta, **{"If-Match": '"2"'})
    assert (borrar.status_code, caja.foto() == antes) == (409, True)
    # Ended, a new version takes over the next day; they may not overlap.
    fin = como(caja.alberto, "PATCH", ruta, {"vigente_hasta": "2026-06-30"}, **{"If-Match": '"2"'})
    assert fin.status_code == 200
    cruzada = como(caja.alberto, "POST", CONCEPTOS, concepto(caja, vigente_desde="2026-06-30"))
    assert (cruzada.status_code, cruzada.json()["codigo"]) == (409, "concepto_superpuesto")
    nueva = como(caja.alberto, "POST", CONCEPTOS, concepto(caja, vigente_desde="2026-07-01"))
    assert nueva.status_code == 201
    libre = f"{CONCEPTOS}/{nueva.json()['id']}"
    assert como(caja.alberto, "DELETE", libre, **{"If-Match": '"1"'}).status_code == 204
    assert como(None, "GET", libre).status_code == 404


@pytest.mark.parametrize("quien", ["cajera", "ana", "ajena"])
def test_el_catalogo_lo_edita_solo_quien_administra(caja: Caja, como: Any, quien: str) -> None:
    creado = como(caja.alberto, "POST", CONCEPTOS, concepto(caja)).json()
    persona, antes = getattr(caja, quien), caja.foto()
    ruta, version = f"{CONCEPTOS}/{creado['id']}", {"If-Match": '"1"'}
    assert como(persona, "POST", CONCEPTOS, concepto(caja, codigo="OTRO")).status_code == 403
    assert como(persona, "PATCH", ruta, {"nombre": "x"}, **version).status_code == 403
    assert como(persona, "DELETE", ruta, **version).status_code == 403
    assert como(None, "POST", CONCEPTOS, concepto(caja)).status_code == 401
    assert caja.foto() == antes


def test_orden_de_una_formula_con_su_calculo_congelado(caja: Caja, como: Any) -> None:
    formula = {
        "base": {"monto": "50.00"},
        "terminos": [{"variable": "superficie", "etiqueta": "Superficie", "unidad": "m²", "tarifa": "2.35"}],
    }
    datos = concepto(caja, monto=None, formula=formula)
    assert como(caja.alberto, "POST", CONCEPTOS, datos).status_code == 201
    pedido = {"unidad_id": str(caja.alcaldia.id), "concepto": "PAT-FUN", "variables": {"superficie": "24.5"}}
    orden = como(caja.cajera, "POST", ORDENES, pedido).json()
    assert orden["monto"]["monto"] == "107.58"  # 50 + 24.5 × 2.35 = 107.575, to the even centavo
    assert (orden["calculo"]["exacto"], orden["calculo"]["cantidades"]) == ("107.575", {"superficie": "24.5"})
    antes = caja.foto()
    mala = como(caja.cajera, "POST", ORDENES, pedido | {"variables": {"otra": "1"}})
    assert (mala.status_code, set(mala.json()["campos"])) == (422, {"superficie", "otra"})
    nada = como(caja.cajera, "POST", ORDENES, pedido | {"concepto": "NO-HAY"})
    assert (nada.status_code, nada.json()["codigo"]) == (404, "concepto_no_encontrado")
    assert caja.foto() == antes


def test_la_referencia_a_la_vez_da_una_orden(caja: Caja) -> None:
    from tests.pagos.cobros.test_pagar import a_la_vez

    ordenes = a_la_vez(*(lambda: caja.emitir("5.00", referencia="UNA") for _ in range(6)))
    assert len({formato_cpt(o.cpt) for o in ordenes}) == 1
    with transaccion() as sesion:
        assert len(sesion.exec(select(Orden)).all()) == 1


def test_un_precio_de_cuatro_decimales_y_medio_centavo_hacia_arriba(caja: Caja, como: Any) -> None:
    lineas = [
        {"descripcion": "Impresión", "precio": {"monto": "0.05"}, "cantidad": "1450.5"},
        {"descripcion": "Gasolina", "precio": {"monto": "3.7412"}, "cantidad": "1000"},
    ]
    orden = como(caja.cajera, "POST", ORDENES, cuerpo(caja) | {"lineas": lineas}).json()
    assert orden["monto"] == {"monto": "3813.73", "moneda": "BOB"}
    assert [(x["cantidad"], x["precio"]["monto"], x["subtotal"]["monto"]) for x in orden["lineas"]] == [
        ("1450.5", "0.05", "72.53"),
        ("1000", "3.7412", "3741.20"),
    ]
    antes = caja.foto()
    nada = [{"descripcion": "Casi nada", "precio": {"monto": "0.0001"}}]
    negada = como(caja.cajera, "POST", ORDENES, cuerpo(caja) | {"lineas": nada})
    assert (negada.status_code, caja.foto() == antes) == (422, True)
    assert negada.json()["campos"] == {"lineas.0.precio": "La cantidad por el precio no llega a un centavo."}
