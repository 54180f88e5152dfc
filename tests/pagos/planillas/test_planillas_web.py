"""Batches through the pages and the API, by who may and who may not."""

import re
from collections.abc import Callable
from typing import Any

from tests.pagos.firma import Firma


def _texto(html: str) -> str:
    sin_marcas = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", sin_marcas.replace("\xa0", " "))


def _subir(web: Any, firma: Firma, contenido: bytes, nombre: str = "Jornales") -> Any:
    html = web.get("/billetera/planillas/nueva").text
    hallado = re.search(r'name="_id" value="([^"]+)"', html)
    assert hallado is not None
    return web.post(
        "/billetera/planillas/nueva",
        data={"_id": hallado[1], "unidad": str(firma.unidad.id), "nombre": nombre},
        files={"archivo": ("p.csv", contenido, "text/csv")},
    )


def test_de_subir_a_los_resultados(firma: Firma, sesion_web: Callable[..., Any]) -> None:
    ana, beto = sesion_web(firma.personas["ana"]), sesion_web(firma.personas["beto"])
    contenido = firma.archivo("2000001;Otra Persona;100,50;=suma", "2000002;Dario Prueba;2.000,01;")
    subida = _subir(ana, firma, contenido)
    assert subida.status_code == 303
    ruta = subida.headers["location"]
    vista = _texto(ana.get(ruta).text)
    assert "Bs 2.100,51" in vista
    assert "El documento es de otro nombre" in vista
    assert "Carla Prueba" not in vista
    assert "Firmar y presentar" in vista
    assert ana.post(f"{ruta}/presentar").status_code == 303
    assert "1 de 2 firmas, hasta el" in _texto(ana.get(ruta).text)
    assert "Firmar y pagar" not in ana.get(ruta).text
    assert "Firmar y pagar Bs 2.100,51" in _texto(beto.get(ruta).text)

    sin_marcar = beto.post(f"{ruta}/aprobar")
    assert sin_marcar.status_code == 409
    assert "Un nombre no coincide" in _texto(sin_marcar.text)
    assert firma.saldo() == 500_000
    assert beto.post(f"{ruta}/aprobar", data={"diferencias_revisadas": "1"}).status_code == 303
    vista = _texto(beto.get(ruta).text)
    assert "1 de 2 líneas, por Bs 100,50" in vista
    assert "No se pagó" in vista
    assert firma.saldo() == 489_950
    csv = beto.get(f"{ruta}/resultados.csv")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    lineas = csv.content.decode("utf-8-sig").splitlines()
    assert lineas[1] == "2;2000001;Otra Persona;100,50;'=suma;;no;ok;Pagada."
    assert lineas[2].startswith(
        "3;2000002;Dario Prueba;2000,01;;Darío Prueba;sí;limite_por_transaccion_entrada;"
    )
    assert "Jornales" in ana.get("/billetera/planillas").text


def test_el_panel_avisa_solo_a_quien_debe_decidir(firma: Firma, sesion_web: Callable[..., Any]) -> None:
    firma.presentada()

    beto = sesion_web(firma.personas["beto"])
    assert 'href="/por-firmar"' in beto.get("/panel").text
    assert "Pago de planilla" in beto.get("/por-firmar").text
    for otra in ("ana", "eva"):
        assert 'href="/por-firmar"' not in sesion_web(firma.personas[otra]).get("/panel").text


def test_un_archivo_malo_nombra_sus_lineas_y_conserva_el_nombre(
    firma: Firma, sesion_web: Callable[..., Any]
) -> None:
    ana = sesion_web(firma.personas["ana"])
    mala = _subir(ana, firma, firma.archivo("2000001;Carla Prueba;diez;", "999;Nadie;5;"), "Bonos de mayo")
    assert mala.status_code == 422
    assert "Línea 2: El monto «diez»: Escriba el monto con números" in mala.text
    assert '<a href="#archivo">2 de 2 líneas tienen errores' in mala.text
    assert "Línea 3: El documento «999»: Escriba el carnet como 1234567" in mala.text
    assert 'value="Bonos de mayo"' in mala.text
    assert _subir(ana, firma, b"").status_code == 422


def test_los_ajenos_no_ven_ni_hacen(firma: Firma, sesion_web: Callable[..., Any], cliente: Any) -> None:
    id = firma.presentada()
    eva = sesion_web(firma.personas["eva"])
    ruta = f"/billetera/planillas/{id}"
    assert [eva.get(r).status_code for r in (ruta, f"{ruta}/resultados.csv")] == [404, 404]
    for accion in ("presentar", "anular", "aprobar", "rechazar"):
        assert eva.post(f"{ruta}/{accion}", data={"motivo": "x"}).status_code == 404
        assert cliente.post(f"{ruta}/{accion}").status_code in (303, 401)
    assert "No paga por ninguna unidad" in eva.get("/billetera/planillas").text
    assert cliente.get("/billetera/planillas").status_code in (303, 401)
    assert firma.planilla(id).estado == "presentada"


def test_por_la_api(firma: Firma, token_de: Callable[..., str], cliente: Any) -> None:
    def como(nombre: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_de(firma.personas[nombre])}"}

    ana, beto, eva = como("ana"), como("beto"), como("eva")
    cuerpo: dict[str, Any] = {
        "data": {"unidad_id": str(firma.unidad.id), "nombre": "Jornales"},
        "files": {"archivo": ("p.csv", firma.dos(), "text/csv")},
    }
    creada = cliente.post("/api/v1/planillas", headers=ana | {"Idempotency-Key": "uno"}, **cuerpo)
    assert creada.status_code == 201, creada.text
    id = creada.json()["id"]
    assert creada.json()["total"] == {"monto": "1100.50", "moneda": "BOB"}
    malo = cuerpo | {"files": {"archivo": ("p.csv", firma.archivo("1;x;y;z"), "text/csv")}}
    rechazada = cliente.post("/api/v1/planillas", headers=ana, **malo)
    assert rechazada.status_code == 422
    assert list(rechazada.json()["campos"]) == ["linea-2"]
    assert cliente.post("/api/v1/planillas", headers=eva, **cuerpo).status_code == 403

    ruta = f"/api/v1/planillas/{id}"
    assert cliente.post(f"{ruta}/aprobacion", json={}, headers=beto).status_code == 409
    assert cliente.post(f"{ruta}/presentacion", headers=ana).json()["estado"] == "presentada"
    otra_vez = cliente.post(f"{ruta}/aprobacion", json={}, headers=ana).json()
    assert (otra_vez["estado"], otra_vez["acto_id"] is None) == ("presentada", False)
    for verbo, sub in (("get", ""), ("get", "/lineas"), ("post", "/presentacion"), ("post", "/anulacion")):
        assert getattr(cliente, verbo)(ruta + sub, headers=eva).status_code == 404
        assert getattr(cliente, verbo)(ruta + sub).status_code == 401
    pagada = cliente.post(f"{ruta}/aprobacion", json={}, headers=beto).json()
    assert (pagada["estado"], pagada["pagadas"], pagada["pagado"]["monto"]) == ("ejecutada", 2, "1100.50")
    lineas = cliente.get(f"{ruta}/lineas?limite=1", headers=beto).json()
    assert lineas["datos"][0]["resultado"] == "ok"
    assert lineas["siguiente"] is not None
    otra = cliente.get(f"{ruta}/lineas", params={"cursor": lineas["siguiente"]}, headers=beto).json()
    assert [x["linea"] for x in otra["datos"]] == [3]
    assert [p["id"] for p in cliente.get("/api/v1/planillas", headers=beto).json()["datos"]] == [id]
    assert cliente.get("/api/v1/planillas", headers=eva).json()["datos"] == []
    assert cliente.post(f"{ruta}/rechazo", json={"motivo": "tarde"}, headers=beto).status_code == 409
