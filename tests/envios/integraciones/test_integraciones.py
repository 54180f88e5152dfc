"""Two operators tell the same in two formats: a table of their codes, pure functions, a result a line."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, SinFacultad, TipoUnidad
from envios.eventos import AccionIntento, Codigo, EventoNuevo, Motivo, QuienRecibe, Resultado, ficha
from envios.integraciones import Formato, hoja, mensajes, propio, recibir_archivo
from envios.integraciones.recibir import plantilla
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import Recibido
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible
from nucleo.reloj import ZONA
from tests.envios.conftest import Reparto

LINEA = {
    "guia": "CP 000 000 001 BO",
    "fecha": "28/11/2026",
    "hora": "1405",
    "suceso": "010",
    "causa": "",
    "oficina": "Potosí centro",
    "clave": "",
}
MENSAJE = {
    "id": "a-1",
    "paquete": "CP000000001BO",
    "tipo": "recogido",
    "cuando_ms": 1_795_889_100_000,
    "ciudad": "SCZ",
}
A_LAS_DOS = datetime(2026, 11, 28, 14, 5, tzinfo=ZONA)


def test_lo_mismo_dicho_de_dos_maneras() -> None:
    assert hoja.evento_de(LINEA) == EventoNuevo(
        codigo="EMA", numero="CP 000 000 001 BO", ocurrido_en=A_LAS_DOS, lugar="Potosí centro"
    )
    assert mensajes.evento_de(MENSAJE) == EventoNuevo(
        codigo="EMA",
        numero="CP000000001BO",
        ocurrido_en=A_LAS_DOS,
        evento_cliente_id="mo:a-1",
        municipio_ine="070101",
    )


@pytest.mark.parametrize(
    ("linea", "mensaje", "esperado"),
    [
        (
            {"suceso": "070", "causa": "2"},
            {"tipo": "no_entregado", "por": "no_quiso"},
            ("EMH", Motivo.DESTINATARIO_RECHAZO, AccionIntento.DEVOLVER, None),
        ),
        (
            {"suceso": "070", "causa": "99"},
            {"tipo": "no_entregado", "por": "quién sabe"},
            ("EMH", Motivo.DESCONOCIDO, AccionIntento.ESPERAR_INSTRUCCIONES, None),
        ),
        ({"suceso": "095"}, {"tipo": "devuelto"}, ("EMI", None, None, QuienRecibe.REMITENTE)),
        ({"suceso": "090"}, {"tipo": "entregado"}, ("EMI", None, None, QuienRecibe.DESTINATARIO)),
        ({"suceso": "010", "causa": "2"}, {"tipo": "recogido", "por": "no_quiso"}, ("EMA", None, None, None)),
    ],
)
def test_cada_codigo_dice_lo_que_es(
    linea: dict[str, str], mensaje: dict[str, Any], esperado: tuple[Any, ...]
) -> None:
    for evento in (hoja.evento_de(LINEA | linea), mensajes.evento_de(MENSAJE | mensaje)):
        assert (evento.codigo, evento.motivo, evento.accion, evento.entregado_a) == esperado


def test_lo_que_nadie_nos_dijo_se_guarda_como_vino() -> None:
    assert hoja.evento_de(LINEA | {"suceso": "777"}).codigo == "HC777"
    assert mensajes.evento_de(MENSAJE | {"tipo": "en_dron_propio"}).codigo == "MOENDRONPR"
    lejos = mensajes.evento_de(MENSAJE | {"ciudad": "Roboré"})
    assert (lejos.municipio_ine, lejos.lugar) == (None, "Roboré")


@pytest.mark.parametrize("traduccion", [hoja.TRADUCCION, mensajes.TRADUCCION])
def test_las_tablas_hablan_de_codigos_que_existen(traduccion: Any) -> None:
    assert all(ficha(s.codigo) for s in traduccion.codigos.values())
    assert {s.codigo for s in traduccion.codigos.values()} >= {
        "EMA",
        "EMC",
        "EMD",
        "EDG",
        "EMH",
        "EDH",
        "EMI",
    }
    for suyo, significado in traduccion.codigos.items():
        assert (significado.entregado_a is None) == (significado.codigo != Codigo.EMI), suyo


@given(st.dictionaries(st.sampled_from(hoja.COLUMNAS), st.text(max_size=30)))
def test_ninguna_linea_rompe_la_lectura(celdas: dict[str, str]) -> None:
    try:
        evento = hoja.evento_de(LINEA | celdas)
    except Ilegible:
        return
    assert evento.ocurrido_en is not None
    assert evento.ocurrido_en.utcoffset() == timedelta(hours=-4)


_LO_QUE_SEA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda hijos: st.lists(hijos, max_size=3) | st.dictionaries(st.text(max_size=5), hijos, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*MENSAJE, "por", "pin"]), _LO_QUE_SEA) | _LO_QUE_SEA)
def test_ningun_mensaje_rompe_la_lectura(mensaje: Any) -> None:
    leido = mensajes.leer_mensaje(1, MENSAJE | mensaje if isinstance(mensaje, dict) else mensaje)
    assert (leido.evento is None) == bool(leido.error)


# --- What becomes of them -----------------------------------------------------------------------------------


def _csv(*lineas: dict[str, str]) -> Recibido:
    filas = [";".join(hoja.COLUMNAS), *(";".join((LINEA | f)[c] for c in hoja.COLUMNAS) for f in lineas)]
    return Recibido.de_bytes("\n".join(filas).encode("cp1252"))


def _json(*sueltos: Any) -> Recibido:
    return Recibido.de_bytes(json.dumps({"mensajes": sueltos}).encode())


def _subir(reparto: Reparto, formato: Formato, archivo: Recibido) -> list[tuple[Any, ...]]:
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        lineas = recibir_archivo(sesion, actor, reparto.correos_id, formato, archivo)
        return [(x.numero, x.resultado.value, x.evento, x.desconocido) for x in lineas]


def _ahora(minutos: int = 0) -> datetime:
    return (datetime.now(UTC) + timedelta(minutes=minutos)).astimezone(ZONA)


def test_una_hoja_con_de_todo(reparto: Reparto) -> None:
    envio, cuando = reparto.enviar(), _ahora()
    suya = {"guia": envio.numero, "fecha": f"{cuando:%d/%m/%Y}", "hora": f"{cuando:%H:%M}"}
    archivo = (
        suya,
        suya | {"suceso": "777"},
        suya | {"hora": "25:00"},
        {"guia": "CP999999999BO", "fecha": suya["fecha"], "hora": suya["hora"]},
        suya,
        suya | {"suceso": "090", "clave": ""},
    )
    assert _subir(reparto, Formato.HOJA, _csv(*archivo)) == [
        (2, "registrado", "EMA", False),
        (3, "registrado", "HC777", True),
        (4, "rechazado", None, False),
        (5, "rechazado", "EMA", False),
        (6, "repetido", "EMA", False),
        (7, "rechazado", "EMI", False),  # without the code of who receives nothing is delivered
    ]
    assert [r for _n, r, _e, _d in _subir(reparto, Formato.HOJA, _csv(suya))] == ["repetido"]


def test_mensajes_tarde_doblados_y_rotos(reparto: Reparto) -> None:
    envio = reparto.enviar()

    def mensaje(id: str, tipo: str, **mas: Any) -> dict[str, Any]:
        ms = int(_ahora().timestamp() * 1000)
        return {"id": id, "paquete": envio.numero, "tipo": tipo, "cuando_ms": ms, "ciudad": "SCZ"} | mas

    admitido, en_planta = mensaje("1", "recogido"), mensaje("2", "en_planta")
    lote = (en_planta, "basura", admitido, en_planta, mensaje("3", "recogido", cuando_ms="ayer"))
    assert _subir(reparto, Formato.MENSAJES, _json(*lote)) == [
        (1, "registrado", "EMB", False),
        (2, "rechazado", None, False),
        (3, "registrado", "EMA", False),
        (4, "repetido", "EMB", False),
        (5, "rechazado", None, False),
    ]
    assert [r for _n, r, _e, _d in _subir(reparto, Formato.MENSAJES, _json(admitido, en_planta))] == [
        "repetido",
        "repetido",
    ]


def test_mas_de_un_lote_de_una_vez(reparto: Reparto) -> None:
    envio = reparto.enviar()
    ms = int(_ahora().timestamp() * 1000)
    muchos = [
        {"id": str(n), "paquete": envio.numero, "tipo": "transbordo", "cuando_ms": ms - n} for n in range(450)
    ]
    hechas = _subir(reparto, Formato.MENSAJES, _json(*muchos))
    assert [n for n, *_resto in hechas] == list(range(1, 451))
    assert {r for _n, r, _e, _d in hechas} == {"registrado"}


@pytest.mark.parametrize(
    ("formato", "contenido", "error"),
    [
        (Formato.HOJA, b"numero;fecha\n1;2", TablaInvalida),
        (Formato.MENSAJES, b"no es json", DatosInvalidos),
        (Formato.MENSAJES, b'{"mensajes": {}}', DatosInvalidos),
        (Formato.MENSAJES, b'{"otros": []}', DatosInvalidos),
        (Formato.MENSAJES, b"\xff\xfe\x00", DatosInvalidos),
        (Formato.MENSAJES, b"[" * 100_000, DatosInvalidos),
        (Formato.MENSAJES, json.dumps({"mensajes": [1] * 1001}).encode(), DatosInvalidos),
    ],
)
def test_lo_que_no_es_ese_formato_se_dice(
    reparto: Reparto, formato: Formato, contenido: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _subir(reparto, formato, Recibido.de_bytes(contenido))


def test_solo_quien_despacha_por_ese_operador(
    sesion: Session, reparto: Reparto, crear_persona: Any, crear_unidad: Any
) -> None:
    rival = crear_persona("Raúl")
    crear_unidad(
        "Otra mensajería",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=rival,
        facultades=[Facultad.DESPACHAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    for quien in (rival, reparto.ana):
        with pytest.raises(SinFacultad):
            recibir_archivo(sesion, reparto.actor(quien), reparto.correos_id, Formato.MENSAJES, _json())


def test_por_la_api_cada_linea_tiene_su_resultado(
    reparto: Reparto, nuevo_cliente: Any, token_de_cliente: Any
) -> None:
    envio = reparto.enviar()
    token = token_de_cliente(reparto.correos_id, "envios")
    ms = int(_ahora().timestamp() * 1000)
    contenido = json.dumps(
        {"mensajes": [{"id": "1", "paquete": envio.numero, "tipo": "recogido", "cuando_ms": ms}, {}]}
    )
    respuesta = nuevo_cliente().post(
        f"/api/v1/operadores-postales/{reparto.correos_id}/archivos-de-eventos?formato=mensajes",
        files={"archivo": ("m.json", contenido)},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "uno"},
    )
    assert respuesta.status_code == 200, respuesta.text
    assert respuesta.json() == [
        {
            "numero": 1,
            "resultado": Resultado.REGISTRADO.value,
            "envio": envio.numero,
            "evento": "EMA",
            "desconocido": False,
            "codigo": None,
            "detalle": None,
        },
        {
            "numero": 2,
            "resultado": Resultado.RECHAZADO.value,
            "envio": None,
            "evento": None,
            "desconocido": False,
            "codigo": None,
            "detalle": "Falta «id», de hasta 60 letras.",
        },
    ]


# --- Our own sheet ---------------------------------------------------------------------------------------


def _planilla(*lineas: str) -> bytes:
    return "\r\n".join((";".join(propio.COLUMNAS), *lineas)).encode()


def test_la_planilla_de_qhatu_dice_lo_mismo_que_el_api() -> None:
    vacias = dict.fromkeys(propio.COLUMNAS, "")
    celdas = vacias | {"numero": "PQ000000015BO", "codigo": "EMH", "identificador": "a-1"}
    celdas |= {"motivo": "destinatario_ausente", "accion": "Nuevo_Intento", "municipio_ine": "020101"}
    esperado = EventoNuevo(
        "EMH",
        numero="PQ000000015BO",
        ocurrido_en=A_LAS_DOS,
        evento_cliente_id="a-1",
        motivo=Motivo.DESTINATARIO_AUSENTE,
        accion=AccionIntento.NUEVO_INTENTO,
        municipio_ine="020101",
    )
    for cuando in ("28/11/2026 14:05", "2026-11-28T14:05", "2026-11-28 14:05:00-04:00"):
        assert propio.evento_de(celdas | {"ocurrido_en": cuando}) == esperado
    en_utc = propio.evento_de(celdas | {"ocurrido_en": "2026-11-28T18:05+00:00"}).ocurrido_en
    assert en_utc == A_LAS_DOS
    assert en_utc is not None
    assert en_utc.utcoffset() == timedelta(0)
    mal = celdas | {"ocurrido_en": "28/11/2026 14:05"}
    for cambio, dice in (
        ({"codigo": "ema"}, "«codigo»"),
        ({"codigo": ""}, "«codigo»"),
        ({"ocurrido_en": ""}, "«ocurrido_en»"),
        ({"ocurrido_en": "ayer 8:00"}, "fecha válida"),
        ({"ocurrido_en": "31/02/2026 8:00"}, "no existe"),
        ({"motivo": "porque sí"}, "«motivo» es una de"),
        ({"accion": "nada"}, "nuevo_intento, retener_en_agencia"),
        ({"entregado_a": "vecino"}, "destinatario, remitente"),
        ({"municipio_ine": "La Paz"}, "«municipio_ine»"),
        ({"identificador": "con espacio"}, "«identificador»"),
    ):
        with pytest.raises(Ilegible, match=dice):
            propio.evento_de(mal | cambio)


@given(st.dictionaries(st.sampled_from(propio.COLUMNAS), st.text(max_size=30)))
def test_ninguna_linea_rompe_la_planilla(celdas: dict[str, str]) -> None:
    limpias = dict.fromkeys(propio.COLUMNAS, "") | {"codigo": "EMA", "ocurrido_en": "28/11/2026 14:05"}
    try:
        evento = propio.evento_de(limpias | celdas)
    except Ilegible:
        return
    assert evento.ocurrido_en is not None
    assert evento.ocurrido_en.utcoffset() is not None


def test_la_plantilla_se_lee_y_el_resultado_se_baja(
    reparto: Reparto, sesion_web: Any, nuevo_cliente: Any, token_de_cliente: Any
) -> None:
    """By page and by program, seen and as a file: the same lines with the same words."""
    assert [leida.error for leida in propio.leer(Recibido.de_bytes(plantilla()))] == ["", ""]
    envio, cuando = reparto.enviar(), f"{_ahora():%d/%m/%Y %H:%M}"
    archivo = _planilla(
        f"{envio.numero};EMA;{cuando};a-1;;;;;;;Central", f"{envio.numero};x;{cuando};a-2;;;;;;;", ";EMA"
    )
    navegador = sesion_web(reparto.cartero)
    pagina = navegador.get("/envios/operador/archivos")
    assert pagina.status_code == 200
    datos = {"formato": "qhatu", "como": "pantalla", "_id": str(nuevo_id())}
    vista = navegador.post(
        "/envios/operador/archivos", data=datos, files={"archivo": ("sucesos.csv", archivo)}
    )
    assert vista.status_code == 200, vista.text
    assert "«codigo» lleva de 2 a 10 letras mayúsculas" in vista.text
    datos |= {"como": "csv", "_id": str(nuevo_id())}
    bajado = navegador.post(
        "/envios/operador/archivos", data=datos, files={"archivo": ("sucesos.csv", archivo)}
    )
    assert bajado.headers["content-type"] == "text/csv; charset=utf-8"
    lineas = bajado.content.decode("utf-8-sig").splitlines()
    assert lineas[:3] == [
        "línea;envío;suceso;resultado;detalle",
        f"2;{envio.numero};EMA;ya estaba registrado;",
        "3;;;rechazado;«codigo» lleva de 2 a 10 letras mayúsculas o dígitos, como EMA.",
    ]
    assert lineas[3].startswith("4;;;rechazado;")
    token = token_de_cliente(reparto.correos_id, "envios")
    por_programa = nuevo_cliente().post(
        f"/api/v1/operadores-postales/{reparto.correos_id}/archivos-de-eventos?formato=qhatu&resultado=csv",
        files={"archivo": ("sucesos.csv", archivo)},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert por_programa.content == bajado.content


def test_mil_lineas_de_una_vez_y_ni_una_mas(reparto: Reparto) -> None:
    envio, cuando = reparto.enviar(), f"{_ahora():%d/%m/%Y %H:%M}"
    lineas = [f"{envio.numero};EMC;{cuando};n-{n};;;;;;;" for n in range(1000)]
    actor = reparto.actor(reparto.cartero)
    with transaccion() as sesion:
        archivo = Recibido.de_bytes(_planilla(*lineas))
        hechas = recibir_archivo(sesion, actor, reparto.correos_id, Formato.QHATU, archivo)
    assert [h.resultado for h in hechas] == [Resultado.REGISTRADO] * 1000
    archivo = Recibido.de_bytes(_planilla(*lineas, lineas[0]))
    with transaccion() as sesion, pytest.raises(TablaInvalida):
        recibir_archivo(sesion, actor, reparto.correos_id, Formato.QHATU, archivo)
