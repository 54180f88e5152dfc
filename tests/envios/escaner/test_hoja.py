"""The round in the telephone: its worker's alone, in order, with what the door asks for and no code."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from envios.despachos.hojas import agregar, cerrar_hoja, preparar_hoja, salir
from envios.entrega.modelos import EleccionDeEntrega
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.reloj import ZONA, ahora, fecha_bolivia
from tests.envios.despachos.conftest import LA_PAZ, Red
from tests.envios.despachos.conftest import red as red
from tests.envios.despachos.test_viaje import hacer


def test_la_ronda_de_quien_la_lleva(red: Red, sesion_web: Any, reloj: Any) -> None:
    uno, dos = (red.envio(destino_municipio_ine=LA_PAZ) for _ in range(2))
    with transaccion() as sesion:
        elegido = sesion.get_one(Envio, dos.id)
        elegido.latitud, elegido.longitud = Decimal("-16.5"), Decimal("-68.13")
        sesion.add(
            EleccionDeEntrega(
                envio_id=dos.id, version=1, recibe="vecino", nombre="Rosa", donde="al lado", elegida_por="x"
            )
        )
    hoja = hacer(preparar_hoja, red.en_la_paz, red.la_paz.id, red.cartero.id)
    for envio in (uno, dos):
        hacer(agregar, red.en_la_paz, hoja.id, envio.numero)
    manana = hacer(
        preparar_hoja, red.en_la_paz, red.la_paz.id, red.cartero.id, fecha_bolivia() + timedelta(days=1)
    )
    suyo, ajeno = sesion_web(red.cartero), sesion_web(red.potosino)

    antes = suyo.get("/escaner/hoja").json()
    medianoche = datetime.combine(fecha_bolivia() + timedelta(days=1), time.min, ZONA)
    assert antes["hasta_ms"] == int(medianoche.timestamp() * 1000)
    assert [r["numero"] for r in antes["rondas"]] == [hoja.numero]  # not tomorrow's
    hacer(salir, red.en_la_paz, hoja.id)
    respuesta = suyo.get("/escaner/hoja")
    leida = respuesta.json()
    (ronda,) = leida["rondas"]
    assert leida["persona_id"] == str(red.cartero.id)
    assert (ronda["agencia"], ronda["operador_unidad_id"]) == (red.la_paz.nombre, str(red.correos.id))
    assert [p["numero"] for p in ronda["paradas"]] == [dos.numero, uno.numero]  # as it visits them
    assert ronda["paradas"][0] == {
        "numero": dos.numero,
        "destinatario": "Ana Prueba",
        "telefono": "70000001",
        "destino": "La Paz, La Paz",
        "referencia": "Casa azul frente a la plaza",
        "codigo_plus": "57MHGV2C+22",
        "latitud": "-16.5",
        "longitud": "-68.13",
        "cobrar": "",
        "elige": "Lo recibe Rosa, en al lado",
        "estado": "En reparto",
        "terminada": False,
    }
    for envio in (uno, dos):  # what the telephone holds has no code, whole or in part
        assert envio.codigo_entrega[:6] not in respuesta.text
    assert leida["hasta_ms"] > (ahora() + timedelta(hours=35)).timestamp() * 1000  # while it is out
    assert ajeno.get("/escaner/hoja").json()["rondas"] == []

    reloj.adelantar(medianoche + timedelta(hours=6) - ahora())
    suyo = sesion_web(red.cartero)  # out since yesterday: still theirs, beside that of today
    assert [r["numero"] for r in suyo.get("/escaner/hoja").json()["rondas"]] == [hoja.numero, manana.numero]
    hacer(cerrar_hoja, red.en_la_paz, hoja.id)
    assert [r["numero"] for r in suyo.get("/escaner/hoja").json()["rondas"]] == [manana.numero]
