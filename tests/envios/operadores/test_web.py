"""The pages of an operator's administration, and the one of whoever looks for an agency."""

import re
from datetime import datetime
from typing import Any

from sqlmodel import Session

from envios.operadores import cerrar_agencia
from envios.operadores.consultas import agencias_de, semanas_de
from envios.operadores.gente import trabajos_en
from nucleo.bd import transaccion
from nucleo.reloj import ZONA
from tests.envios.operadores.conftest import LABORAL, POTOSI, UYUNI, Casa

AGENCIAS = "/envios/operador/agencias"
HORARIO = {
    f"horario.{d}": "8.30 a 12.30 y 14.30 a 18.30"
    for d in ("lunes", "martes", "miercoles", "jueves", "viernes")
}
DATOS = {
    "codigo": "pt-01",
    "nombre": "Potosí centro",
    "clase": "agencia",
    "municipio_ine": POTOSI,
    "direccion": "Calle Sucre, media cuadra de la plaza",
    "latitud": "-19,583611",
    "longitud": "-65.753333",
    "telefono": "70012345",
    "horario.sabado": "9 a 12",
    **HORARIO,
}


def _texto(respuesta: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.text))


def test_se_abre_con_lo_que_se_escribe(sesion: Session, casa: Casa, sesion_web: Any) -> None:
    navegador = sesion_web(casa.jefa)
    vacia = navegador.get(AGENCIAS)
    assert "Este operador no tiene agencias todavía" in vacia.text

    hecha = navegador.post(f"{AGENCIAS}/nueva?unidad={casa.correos.id}", data=DATOS, follow_redirects=False)

    assert hecha.status_code == 303
    (agencia,) = agencias_de(sesion, casa.correos.id)
    assert hecha.headers["location"] == f"{AGENCIAS}/{agencia.id}"
    assert (agencia.codigo, str(agencia.latitud), agencia.telefono) == ("PT-01", "-19.583611", "+59170012345")
    assert semanas_de(sesion, [agencia.id]) == {agencia.id: LABORAL}
    pagina = _texto(navegador.get(f"{AGENCIAS}/{agencia.id}"))
    assert "Lunes a viernes 8:30 a 12:30 y 14:30 a 18:30 Sábado 9:00 a 12:00 Domingo cerrado" in pagina
    assert "Agencia PT-01 de Correos de prueba, en Potosí, Potosí" in pagina


def test_lo_mal_escrito_vuelve_con_lo_que_hay_que_hacer(sesion: Session, casa: Casa, sesion_web: Any) -> None:
    navegador = sesion_web(casa.jefa)
    mal = DATOS | {"horario.lunes": "18:30-8:30", "latitud": "sur", "codigo": "x"}
    respuesta = navegador.post(f"{AGENCIAS}/nueva", data=mal)
    assert respuesta.status_code == 422
    for dice in (
        "Cada horario empieza antes de terminar",
        "Escriba las coordenadas en grados, por ejemplo -16,5.",
        'value="18:30-8:30"',
    ):
        assert dice in respuesta.text
    otra = navegador.post(f"{AGENCIAS}/nueva", data=DATOS | {"codigo": "x"})
    assert otra.status_code == 422
    assert "Use de 2 a 12 letras, números o guiones, por ejemplo PT-01." in otra.text
    assert agencias_de(sesion, casa.correos.id) == []


def test_se_cambia_lo_que_se_ve(sesion: Session, casa: Casa, sesion_web: Any) -> None:
    agencia, navegador = casa.agencia(), sesion_web(casa.jefa)
    pagina = navegador.get(f"{AGENCIAS}/{agencia.id}").text
    campos = dict(re.findall(r'name="((?:horario\.)?[a-z_]+)" [^>]*?value="([^"]*)"', pagina))
    assert campos["horario.lunes"] == "8:30-12:30, 14:30-18:30"
    cambio = {c: v for c, v in DATOS.items() if c != "codigo"} | {"_version": campos["_version"]}
    cambio["nombre"] = "Otro nombre"
    assert navegador.post(f"{AGENCIAS}/{agencia.id}", data=cambio, follow_redirects=False).status_code == 303
    assert [a.nombre for a in agencias_de(sesion, casa.correos.id)] == ["Otro nombre"]
    tarde = navegador.post(f"{AGENCIAS}/{agencia.id}", data=cambio | {"nombre": "Tarde"})
    assert tarde.status_code == 412
    sesion.expire_all()
    assert [a.nombre for a in agencias_de(sesion, casa.correos.id)] == ["Otro nombre"]


def test_se_asigna_y_se_quita_a_quien_trabaja(sesion: Session, casa: Casa, sesion_web: Any) -> None:
    agencia, navegador = casa.agencia(), sesion_web(casa.jefa)
    pagina = navegador.get(f"{AGENCIAS}/{agencia.id}").text
    assert "Carlos Prueba" in pagina
    assert "Vilma Prueba" not in pagina  # she does not dispatch
    navegador.post(f"{AGENCIAS}/{agencia.id}/gente", data={"persona_id": str(casa.cartero.id)})
    assert [t.persona_id for t in trabajos_en(sesion, [agencia.id])] == [casa.cartero.id]
    assert "Trabaja aquí desde el" in navegador.get(f"{AGENCIAS}/{agencia.id}").text
    assert "Ahora trabaja en Agencia PT-01" in sesion_web(casa.cartero).get("/buzon").text
    navegador.post(f"{AGENCIAS}/{agencia.id}/gente/{casa.cartero.id}/retiro")
    assert trabajos_en(sesion, [agencia.id]) == []


def test_cualquiera_encuentra_donde_ir_y_hasta_que_hora(casa: Casa, nuevo_cliente: Any, reloj: Any) -> None:
    casa.agencia("PT-01")
    navegador = nuevo_cliente()
    reloj.situar(datetime(2027, 8, 5, 10, tzinfo=ZONA))  # a Thursday
    assert "Abierta hasta las 12:30" in navegador.get(f"/agencias?municipio={POTOSI}").text
    reloj.situar(datetime(2027, 8, 6, 10, tzinfo=ZONA))  # the Day of Independence
    feriado = navegador.get(f"/agencias?municipio={POTOSI}").text
    assert "Cerrada por feriado: abre mañana a las 9:00" in feriado
    uyuni = _texto(navegador.get(f"/agencias?municipio={UYUNI}"))
    assert "En Uyuni, Potosí no hay agencias. Estas son las de su departamento." in uyuni
    assert "No hay agencias en este lugar" in navegador.get("/agencias?municipio=010101").text
    assert navegador.get("/agencias").status_code == 200


def test_los_programas_ven_lo_mismo(casa: Casa, nuevo_cliente: Any, token_de: Any, reloj: Any) -> None:
    uno, dos = casa.agencia("PT-01"), casa.agencia("PT-02", UYUNI)
    with transaccion() as sesion:
        cerrar_agencia(sesion, casa.actor(casa.jefa), dos.id, "Refacción")
    reloj.situar(datetime(2027, 8, 5, 10, tzinfo=ZONA))
    api = nuevo_cliente()
    assert api.get("/api/v1/operadores-postales").json() == [
        {
            "id": str(casa.correos.id),
            "numero": casa.correos.numero,
            "nombre": "Correos de prueba",
            "telefono": "+59170000000",
            "agencias": 1,
        }
    ]
    (leida,) = api.get("/api/v1/agencias-postales?lugar=05").json()
    assert (leida["id"], leida["lugar"], leida["ahora"], leida["abierta_ahora"]) == (
        str(uno.id),
        "Potosí, Potosí",
        "Abierta hasta las 12:30",
        True,
    )
    assert leida["horario"]["sabado"] == "9:00-12:00"
    assert leida["horario"]["domingo"] == ""
    cerrada = api.get(f"/api/v1/agencias-postales/{dos.id}")
    assert (cerrada.json()["ahora"], cerrada.headers["etag"]) == ("Cerrada: Refacción", '"2"')
    assert api.get("/api/v1/agencias-postales?lugar=5").status_code == 422
