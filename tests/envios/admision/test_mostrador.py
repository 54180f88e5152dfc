"""The pages of a counter: a walk-in and an announced parcel are admitted, the day is closed."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from empresa_digital.registro import partes_en_lote
from envios.admision.consultas import admitidos_el
from envios.admision.modelos import FilaDeAdmision
from envios.despachos.hojas import agregar_los_que_esperan, preparar_hoja
from envios.eventos import eventos_de
from envios.items import EstadoEnvio, envio_por_id
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.envios.admision.conftest import UYUNI, Correo

BYTES_MAXIMOS = 60_000
BULTO = {"destino": UYUNI, "peso_kg": "1,2", "largo_cm": "", "ancho_cm": "", "alto_cm": ""}
QUIENES = {
    "remitente_nombre": "Basilia Quispe",
    "remitente_telefono": "71000001",
    "remitente_documento": "1234567",
    "destinatario_nombre": "Zenón Mamani",
    "destinatario_telefono": "",
    "destino_referencia": "",  # it is collected at an agency
    "que_contiene": "Quesos",
}
SIN_ANUNCIO = BULTO | QUIENES | {"servicio": "ordinario", "visto": "29,00"}


def dicho(codigo: str) -> str:
    """A delivery code, as pages write it."""
    return f"{codigo[:3]}&#8239;{codigo[3:]}"


def plano(respuesta: Any) -> str:
    texto = re.sub(r"<[^>]+>", " ", respuesta.text.replace("\u00a0", " "))
    return re.sub(r"\s+", " ", texto)


def cuantos(sesion: Session) -> tuple[int, int]:
    sesion.rollback()
    return (
        sesion.exec(select(func.count()).select_from(Envio)).one(),
        sesion.exec(select(func.count()).select_from(FilaDeAdmision)).one(),
    )


def test_quien_atiende_una_agencia_llega_a_ella(correo: Correo, mostrador: Any, sesion_web: Any) -> None:
    navegador, base = mostrador
    ida = navegador.get("/envios/mostrador", follow_redirects=False)
    assert (ida.status_code, ida.headers["location"]) == (303, base)
    todas = plano(sesion_web(correo.jefa).get("/envios/mostrador"))
    assert "Agencia PT-01" in todas
    assert "Agencia UY-01" in todas
    assert sesion_web(correo.ana).get("/envios/mostrador").status_code == 403


def test_sin_anuncio_de_principio_a_fin(
    sesion: Session, correo: Correo, mostrador: Any, cliente: Any
) -> None:
    navegador, base = mostrador
    vacia = navegador.get(f"{base}/nuevo")
    assert (vacia.status_code, len(vacia.content) < BYTES_MAXIMOS) == (200, True)
    ofertas = navegador.get(f"{base}/nuevo", params=BULTO)
    assert len(ofertas.content) < BYTES_MAXIMOS
    assert "Enviar con Encomienda ordinaria" in plano(ofertas)
    assert "Enviar con Expreso a domicilio" in plano(ofertas)
    elegida = navegador.get(f"{base}/nuevo", params=BULTO | {"servicio": "ordinario"})
    dice = plano(elegida)
    for parte in ("Base por 1,2 kg Bs 18,00", "Lugar alejado recargo del destino Bs 8,00", "Total Bs 29,00"):
        assert parte in dice, parte
    assert len(elegida.content) < BYTES_MAXIMOS

    formulario = {"_id": str(nuevo_id())}
    hecho = navegador.post(f"{base}/nuevo", data=SIN_ANUNCIO | formulario)
    otra = navegador.post(f"{base}/nuevo", data=SIN_ANUNCIO | formulario)
    assert hecho.status_code == otra.status_code == 303, plano(hecho)
    assert hecho.headers["location"] == otra.headers["location"]
    assert cuantos(sesion) == (1, 1)

    ((fila, envio),) = admitidos_el(sesion, correo.potosi.id, fecha_bolivia())
    assert (fila.importe, fila.medio, fila.clase) == (bs(29), "efectivo", "mostrador")
    assert (envio.estado, envio.peso_g, envio.contenido) == (EstadoEnvio.ADMITIDO, 1_200, "Quesos")
    assert envio.destino_referencia == "Se retira en una agencia"
    remitente = partes_en_lote(sesion, [envio.remitente_parte_id])[envio.remitente_parte_id]
    assert (remitente.nombre, remitente.telefono, remitente.documento) == (
        "Basilia Quispe",
        "+59171000001",
        "1234567",
    )
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]

    papel = navegador.get(hecho.headers["location"])
    for parte in ("Agencia PT-01, Potosí", "Bs 29,00, en efectivo", "Quesos", dicho(envio.codigo_entrega)):
        assert parte in plano(papel), parte
    pdf = navegador.get(f"/envios/{envio.id}/constancia.pdf")
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert f'href="{base}"' in papel.text  # the next customer is at this counter
    for falsa in ("RR473124829BO", "hola"):
        nadie = cliente.get(f"/seguimiento/{falsa}/admision")
        assert (nadie.status_code, "No hay tal constancia" in nadie.text) == (404, True)
    publica = cliente.get(f"/seguimiento/{envio.numero}/admision")
    assert "Constancia verdadera" in plano(publica)
    for privado in ("Basilia", "Zenón", "Quesos", dicho(envio.codigo_entrega), "71000001"):
        assert privado not in publica.text


def test_el_codigo_va_en_el_papel_de_quien_lo_recibio_y_de_nadie_mas(
    sesion: Session, correo: Correo, mostrador: Any, sesion_web: Any, reloj: Any
) -> None:
    navegador, base = mostrador
    montos = {"contra_entrega": "60,00", "valor_declarado": "100,00", "visto": "36,00"}
    ruta = navegador.post(f"{base}/nuevo", data=SIN_ANUNCIO | montos).headers["location"]
    codigo = dicho(sesion.exec(select(Envio)).one().codigo_entrega)
    assert codigo in navegador.get(ruta).text
    assert "Asegurado en Bs 100,00 Se cobra al entregar Bs 60,00" in plano(navegador.get(ruta))
    assert codigo not in sesion_web(correo.jefa).get(ruta).text
    reloj.adelantar(timedelta(days=1))
    al_otro_dia = sesion_web(correo.cartero).get(ruta)
    assert (al_otro_dia.status_code, codigo in al_otro_dia.text) == (200, False)


@pytest.mark.parametrize(
    ("cambio", "estado", "dice"),
    [
        ({"remitente_nombre": ""}, 422, "Escriba el nombre de quien envía."),
        ({"remitente_documento": "no es"}, 422, "Escriba el carnet como 1234567"),
        ({"destinatario_telefono": "abc"}, 422, "Escriba el teléfono con números"),
        ({"visto": "1,00"}, 409, "Ahora es Bs 29,00"),
        ({"servicio": "expreso"}, 409, "Ahora es"),
        (
            {"servicio": "expreso", "visto": "33,00", "destino_referencia": ""},
            422,
            "Escriba calle o zona y una referencia",
        ),
        (
            {
                "contra_entrega": "60,00",
                "visto": "34,00",
                "remitente_telefono": "",
                "remitente_documento": "",
            },
            422,
            "hace falta su carnet o su teléfono",
        ),
        ({"servicio": "cohete"}, 409, "No tiene ese servicio entre esos dos lugares."),
    ],
)
def test_lo_que_no_sirve_no_recibe_nada(
    sesion: Session, mostrador: Any, cambio: dict[str, str], estado: int, dice: str
) -> None:
    navegador, base = mostrador
    mal = navegador.post(f"{base}/nuevo", data=SIN_ANUNCIO | cambio)
    assert (mal.status_code, dice in plano(mal)) == (estado, True), plano(mal)[:3000]
    assert cuantos(sesion) == (0, 0)


def test_lo_anunciado_se_busca_se_pesa_y_se_recibe(sesion: Session, correo: Correo, mostrador: Any) -> None:
    navegador, base = mostrador
    envio = correo.anunciar(1_200, cotizado=True)
    # The tray does not note it as received, weighing nothing: it leads to the scale.
    bandeja = navegador.get("/envios/operador").text
    assert f"/envios/mostrador?unidad={correo.operador.id}&amp;q={envio.numero}" in bandeja
    assert f"/envios/operador/{envio.id}/evento" not in bandeja
    ida = navegador.get("/envios/mostrador", params={"unidad": str(correo.operador.id), "q": envio.numero})
    assert ida.headers["location"] == f"{base}?q={envio.numero}"
    hallado = navegador.get(base, params={"q": "zenon"})
    assert f"{base}/admitir/{envio.id}" in hallado.text
    ruta = f"{base}/admitir/{envio.id}"
    assert "Péselo y mídalo" in plano(navegador.get(ruta))
    pesado = plano(navegador.get(ruta, params={"peso_kg": "2,3"}))
    for parte in ("Pesa 2,3 kg", "Se anunció con 1,2 kg", "Se cotizó en Bs 29,00: medido cuesta Bs 6,00 más"):
        assert parte in pesado, parte
    assert "Escriba el peso en kilos" in plano(navegador.get(ruta, params={"peso_kg": "mucho"}))
    muy = navegador.get(ruta, params={"peso_kg": "31"})
    assert (muy.status_code, "Pesa demasiado: lleva hasta 30 kg" in plano(muy)) == (409, True)

    datos = {"peso_kg": "2,3", "visto": "29,00"}
    caro = navegador.post(ruta, data=datos)
    assert (caro.status_code, "Ahora es Bs 35,00" in plano(caro)) == (409, True)
    assert cuantos(sesion) == (1, 0)
    for _vez in range(2):
        hecho = navegador.post(ruta, data=datos | {"visto": "35,00"})
        assert (hecho.status_code, hecho.headers["location"]) == (303, f"/envios/{envio.id}/constancia")
    assert cuantos(sesion) == (1, 1)
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.ADMITIDO
    assert navegador.get(ruta, follow_redirects=False).headers["location"] == f"/envios/{envio.id}/constancia"
    # Bound for another town: next it goes into a bag, not out to a door here.
    for pagina in (f"/envios/operador/{envio.id}", "/envios/operador?ver=en_manos"):
        sigue = navegador.get(pagina).text
        assert f"despachos?unidad={correo.operador.id}&amp;agencia={correo.potosi.id}" in sigue, pagina
        assert ("Agencia PT-01, Potosí" in sigue, "Sale a reparto" in sigue) == (True, False), pagina


def test_quien_viene_a_retirar_se_halla_donde_espera(
    sesion: Session, correo: Correo, mostrador: Any, sesion_web: Any
) -> None:
    alla, uyuni = sesion_web(correo.otro), f"/envios/mostrador/{correo.uyuni.id}"
    envio, a_la_puerta = correo.anunciar(cotizado=True), correo.anunciar(destinatario_nombre="Otra persona")
    leer = f"/envios/operador/escanear?unidad={correo.operador.id}"
    for uno in (envio, a_la_puerta):
        datos = {"numero": uno.numero, "codigo": "EMA", "agencia": str(correo.uyuni.id)}
        assert alla.post(leer, data=datos).status_code == 303
    # It was paid to be collected: no round takes it, and that it is ready is the first thing to say of it.
    with transaccion() as otra:
        hoja = preparar_hoja(otra, correo.actor(correo.otro), correo.uyuni.id, correo.otro.id)
        assert agregar_los_que_esperan(otra, correo.actor(correo.otro), hoja.id) == 1
    assert re.search(
        r'boton--primario"[^<]*<svg.*?</svg> Listo para retirar',
        alla.get(f"/envios/operador/{envio.id}").text,
        re.DOTALL,
    )
    tienda, recibir = (
        sesion_web(correo.vendedora),
        f"/envios/{envio.id}/recibir",
    )
    dice = plano(tienda.get(recibir))
    assert "En la agencia que diga el operador" in dice
    assert not [p for p in ("En mi puerta", "¿Qué día?", "Un vecino", "en el mapa") if p in dice]
    for cambio in (
        {"recibe": "destinatario", "dia": "2030-01-02"},
        {"recibe": "vecino", "nombre": "Julia", "donde": "al lado"},
    ):
        assert tienda.post(recibir, data={"agencia": "puerta", **cambio}).status_code == 422, cambio
    aviso = {"codigo": "EDH", "_id": str(nuevo_id())}
    assert alla.post(f"/envios/operador/{envio.id}/evento", data=aviso).status_code == 303
    aqui, base = mostrador
    entregar = f"/envios/operador/{envio.id}/entregar"
    for dicho in ("zenon", "700 00007"):
        assert entregar in alla.get(uyuni, params={"q": dicho}).text
        assert entregar not in aqui.get(base, params={"q": dicho}).text


def test_quien_trabaja_en_otra_agencia_no_atiende_esta(
    sesion: Session, correo: Correo, mostrador: Any, sesion_web: Any
) -> None:
    _navegador, base = mostrador
    envio, otro = correo.anunciar(), sesion_web(correo.otro)
    for ruta in ("", "/nuevo", "/cierre", "/cierre.csv", f"/admitir/{envio.id}"):
        assert otro.get(base + ruta).status_code == 403, ruta
    assert otro.post(f"{base}/nuevo", data=SIN_ANUNCIO).status_code == 403
    assert otro.post(f"{base}/admitir/{envio.id}", data={"peso_kg": "1", "visto": "0,00"}).status_code == 403
    assert cuantos(sesion) == (1, 0)


def test_el_cierre_del_dia_suma_por_quien(correo: Correo, mostrador: Any, sesion_web: Any) -> None:
    navegador, base = mostrador
    vacio = navegador.get(f"{base}/cierre")
    assert "Ese día no se recibió nada" in plano(vacio)
    for peso in ("1,2", "2,3"):
        visto = {"1,2": "29,00", "2,3": "35,00"}[peso]
        navegador.post(f"{base}/nuevo", data=SIN_ANUNCIO | {"peso_kg": peso, "visto": visto})
    envio = correo.anunciar(450)
    sesion_web(correo.jefa).post(f"{base}/admitir/{envio.id}", data={"peso_kg": "0,5", "visto": "0,00"})
    dice = plano(navegador.get(f"{base}/cierre"))
    for parte in (
        "Carlos Prueba 2 3,5 kg Bs 64,00 Bs 0,00",
        "Jimena Prueba 1 500 g Bs 0,00 Bs 0,00",
        "Toda la agencia 3 4 kg Bs 64,00 Bs 0,00",
    ):
        assert parte in dice, (parte, dice)
    bajado = navegador.get(f"{base}/cierre.csv")
    filas = list(csv.reader(io.StringIO(bajado.content.decode("utf-8-sig")), delimiter=";"))
    assert len(filas) == 4
    assert [f[3:7] for f in filas[1:]] == [
        ["450", "500", "0,00", "ninguno"],
        ["2300", "2300", "35,00", "efectivo"],
        ["1200", "1200", "29,00", "efectivo"],
    ]


def test_un_pedido_se_busca_por_su_numero_con_todos_sus_paquetes(correo: Correo, mostrador: Any) -> None:
    navegador, base = mostrador
    suyos = [
        correo.anunciar(referencia_tipo="pedido", referencia_id=nuevo_id(), referencia_numero="P-0000012-3")
        for _n in range(2)
    ]
    otro = correo.anunciar(
        referencia_tipo="pedido", referencia_id=nuevo_id(), referencia_numero="P-0000013-0"
    )
    for escrito in ("P-0000012-3", "p 0000012 3"):
        hallado = navegador.get(base, params={"q": escrito}).text
        assert [f"{base}/admitir/{e.id}" in hallado for e in (*suyos, otro)] == [True, True, False], escrito
