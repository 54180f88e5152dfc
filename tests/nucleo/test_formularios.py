"""The door of forms: reading, undoing, what survives, showing again, and what is kept while one signs in."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import lxml.html
import pytest
from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel, Field, ValidationError, create_model
from sqlalchemy import Engine, text
from sqlmodel import Session
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.testclient import TestClient

from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import Sesion, sobrevive, transaccion
from nucleo.dinero import Dinero, bs
from nucleo.errores import (
    Conflicto,
    DatosInvalidos,
    LimiteExcedido,
    NoAutenticado,
    NoEncontrado,
    PrecondicionFallida,
    Prohibido,
    mensaje_de_validacion,
)
from nucleo.formularios import Formulario, Hoja, Nada, campos, guardados
from nucleo.formularios.recibir import Enviado
from nucleo.ids import nuevo_id
from nucleo.lectores import escrito
from nucleo.limites import valkey
from nucleo.plantillas import entorno
from nucleo.problemas import instalar

ORIGEN = "http://127.0.0.1"
QUIEN = Actor.sistema("prueba")
ERRORES = {
    "409": Conflicto,
    "404": NoEncontrado,
    "403": Prohibido,
    "412": PrecondicionFallida,
    "429": LimiteExcedido,
    "401": NoAutenticado,
}


class Linea(BaseModel):
    que: str = Field(min_length=2)
    precio: Dinero


class Quien(BaseModel):
    documento: str


class Todo(BaseModel):
    titulo: str = Field(min_length=3, max_length=20)
    nota: str = ""
    monto: Dinero | None = None
    cuanto: Decimal | None = None
    dia: date | None = None
    hora: datetime | None = None
    cual: UUID | None = None
    acepto: bool = False
    quien: Quien | None = None
    lineas: list[Linea] = []
    error: str = ""


TODO = Formulario(
    "prueba.todo",
    Todo,
    campos.texto("titulo", "Título", falta="De 3 a 20 letras.", ayuda="Una línea.", maximo=20),
    campos.area("nota", "Nota", opcional=True, vacio=""),
    campos.dinero("monto", "Monto", opcional=True),
    campos.cantidad("cuanto", "Cuánto", opcional=True),
    campos.fecha("dia", "Día", opcional=True),
    campos.momento("hora", "Hora", opcional=True),
    campos.seleccion("cual", "Cuál", opcional=True),
    campos.casilla("acepto", "Acepto"),
    campos.texto("quien.documento", "Documento", opcional=True),
    campos.texto("lineas.*.que", "Qué", falta="Diga qué es."),
    campos.dinero("lineas.*.precio", "Precio"),
    campos.archivo("foto", "Foto", bytes_maximos=10, opcional=True),
    campos.texto("clave", "Clave", opcional=True, secreto=True),
    campos.oculto("error"),
)
EDICION = Formulario(
    "prueba.edicion",
    Todo,
    campos.texto("titulo", "Título"),
    campos.area("nota", "Nota", opcional=True, vacio=""),
    campos.casilla("acepto", "Acepto"),
    parcial=True,
)


@pytest.fixture
def navegador(bd: Engine) -> Iterator[TestClient]:
    app = FastAPI()
    instalar(app)

    @app.post("/todo")
    def recibir(sesion: Sesion, hoja: Annotated[Hoja[Todo], Depends(TODO)]) -> Response:
        with hoja:
            auditar(sesion, QUIEN, "prueba.hecho", "prueba", hoja.valores.get("titulo", ""))
            datos = hoja.datos
            if datos.error:
                sesion.flush()
                sobrevive(sesion, lambda s: auditar(s, QUIEN, "prueba.intento", "prueba", datos.titulo))
                raise ERRORES[datos.error]("Porque no.")
            hecho = {
                "datos": json.loads(datos.model_dump_json()),
                "foto": hoja.archivos["foto"].tamano if "foto" in hoja.archivos else None,
            }
            return JSONResponse(hecho, 201)
        return JSONResponse({"errores": hoja.resumen}, hoja.estado, hoja.cabeceras)

    @app.post("/sin-pagina")
    def sin_pagina(hoja: Annotated[Hoja[Todo], Depends(TODO)]) -> Response:
        return JSONResponse(json.loads(hoja.datos.model_dump_json()))

    @app.get("/todo")
    def mostrar(request: Request) -> Response:
        hoja = TODO.mostrar(request, {"titulo": "Antes"})
        respuesta = HTMLResponse(json.dumps({"valores": hoja.valores, "recuperada": hoja.recuperada}))
        return respuesta

    @app.post("/otro")
    def sin_puerta(sesion: Sesion) -> Response:
        auditar(sesion, QUIEN, "prueba.hecho", "prueba", "api")
        sobrevive(sesion, lambda s: auditar(s, QUIEN, "prueba.intento", "prueba", "api"))
        raise Conflicto("Porque no.")

    with TestClient(app, base_url=ORIGEN, follow_redirects=False) as abierto:
        yield abierto


@pytest.fixture
def huellas(bd: Engine) -> Callable[[], list[str]]:
    """What the audit trail says of these tests."""

    def leer() -> list[str]:
        with bd.connect() as conexion:
            consulta = "SELECT accion FROM nucleo_auditoria WHERE accion LIKE 'prueba.%'"
            return [f[0] for f in conexion.execute(text(consulta))]

    return leer


def test_lee_cada_clase_de_dato(navegador: TestClient) -> None:
    cual = nuevo_id()
    respuesta = navegador.post(
        "/todo",
        data={
            "titulo": "  Uno\u00a0 dos\x00 ",
            "nota": "a\r\nb",
            "monto": "1.234,50",
            "cuanto": "1.200,50",
            "dia": "2026-11-28",
            "hora": "2026-11-28T10:30",
            "cual": str(cual),
            "acepto": "1",
            "quien.documento": "123",
            "lineas.0.que": "",
            "lineas.0.precio": "",
            "lineas.2.que": "papa",
            "lineas.2.precio": "3,5",
        },
        files={"foto": ("f.png", b"123", "image/png")},
    )
    assert respuesta.status_code == 201
    assert respuesta.json() == {
        "datos": {
            "titulo": "Uno dos",
            "nota": "a\nb",
            "monto": {"monto": "1234.50", "moneda": "BOB"},
            "cuanto": "1200.50",
            "dia": "2026-11-28",
            "hora": "2026-11-28T10:30:00-04:00",
            "cual": str(cual),
            "acepto": True,
            "quien": {"documento": "123"},
            "lineas": [{"que": "papa", "precio": {"monto": "3.50", "moneda": "BOB"}}],
            "error": "",
        },
        "foto": 3,
    }


def test_lo_vacio_no_existe(navegador: TestClient) -> None:
    datos = navegador.post("/todo", data={"titulo": "Uno", "monto": "", "quien.documento": ""}).json()[
        "datos"
    ]
    assert (datos["monto"], datos["quien"], datos["acepto"], datos["lineas"]) == (None, None, False, [])


def test_cada_falta_en_su_campo_y_nada_escrito(
    navegador: TestClient, huellas: Callable[[], list[str]]
) -> None:
    malos = {
        "titulo": "Un",
        "monto": "mucho",
        "cuanto": "-1",
        "dia": "31/12",
        "hora": "hoy",
        "cual": "x",
        "lineas.1.que": "",
        "lineas.1.precio": "2",
        "lineas.4.que": "p",
        "lineas.4.precio": "tres",
        "lineas.6.que": "pan",
    }
    respuesta = navegador.post("/todo", data=malos)
    assert respuesta.status_code == 422
    assert respuesta.json()["errores"] == {
        "titulo": "De 3 a 20 letras.",
        "monto": "Escriba el monto con números, por ejemplo 1.234,50.",
        "cuanto": "No puede ser negativo.",
        "dia": "Escriba una fecha válida, por ejemplo 31/12/2026.",
        "hora": "Elija el día y la hora.",
        "cual": "Elija una opción de la lista.",
        "lineas.1.que": "Diga qué es.",
        "lineas.4.que": "Diga qué es.",
        "lineas.4.precio": "Escriba el monto con números, por ejemplo 1.234,50.",
        "lineas.6.precio": "Escriba el monto con números, por ejemplo 1.234,50.",
    }
    assert huellas() == []


def test_a_quien_escribio_de_mas_se_le_dice_cuanto_cabe(navegador: TestClient) -> None:
    """Not what an empty field is told."""
    respuesta = navegador.post("/todo", data={"titulo": "Ñandú " * 9})
    assert respuesta.status_code == 422
    assert respuesta.json()["errores"] == {"titulo": "Es demasiado largo: use como máximo 20 letras."}


def test_donde_no_hay_pagina_que_marcar_se_dice_que_corregir(navegador: TestClient) -> None:
    respuesta = navegador.post("/sin-pagina", data={"titulo": "Un", "monto": "1e3"})
    assert respuesta.status_code == 422
    dicho = [li.text for li in lxml.html.fromstring(respuesta.text).cssselect(".error__texto li")]
    assert dicho == ["Escriba el monto con números, por ejemplo 1.234,50.", "De 3 a 20 letras."]


@pytest.mark.parametrize(
    ("limite", "valor", "dice"),
    [
        (Field(ge=3), 2, "Debe ser 3 o más."),
        (Field(gt=0), 0, "Debe ser más de 0."),
        (Field(le=999), 1000, "Debe ser 999 o menos."),
        (Field(lt=5), 5, "Debe ser menos de 5."),
        (Field(min_length=3), "a", "Es demasiado corto: use 3 letras o más."),
        (Field(max_length=3), "abcd", "Es demasiado largo: use como máximo 3 letras."),
        (Field(max_length=1), [1, 2], "Son demasiados: como máximo 1."),
    ],
)
def test_un_limite_se_dice(limite: Any, valor: Any, dice: str) -> None:
    clase: Any = Annotated[str, escrito(50)] if isinstance(valor, str) else type(valor)
    modelo = create_model("Uno", dato=(Annotated[clase, limite], ...))
    with pytest.raises(ValidationError) as error:
        modelo(dato=valor)
    assert mensaje_de_validacion(error.value.errors()[0]) == dice


@pytest.mark.parametrize("estado", [403, 409, 412, 429])
def test_un_rechazo_deshace_todo_menos_lo_declarado(
    navegador: TestClient, huellas: Callable[[], list[str]], estado: int
) -> None:
    respuesta = navegador.post("/todo", data={"titulo": "Uno", "error": str(estado)})
    assert respuesta.status_code == estado
    assert respuesta.json() == {"errores": {"general": "Porque no."}}
    assert respuesta.headers.get("retry-after") == ("1" if estado == 429 else None)
    assert huellas() == ["prueba.intento"]


def test_lo_que_no_existe_no_se_dice_en_la_pagina(
    navegador: TestClient, huellas: Callable[[], list[str]]
) -> None:
    respuesta = navegador.post("/todo", data={"titulo": "Uno", "error": "404"})
    assert respuesta.status_code == 404
    assert "errores" not in respuesta.headers["content-type"]
    assert huellas() == ["prueba.intento"]


def test_si_sale_bien_lo_declarado_no_se_escribe(
    navegador: TestClient, huellas: Callable[[], list[str]]
) -> None:
    assert navegador.post("/todo", data={"titulo": "Uno"}).status_code == 201
    assert huellas() == ["prueba.hecho"]


def test_sin_puerta_tambien_sobrevive_solo_lo_declarado(
    navegador: TestClient, huellas: Callable[[], list[str]]
) -> None:
    assert navegador.post("/otro").status_code == 409
    assert huellas() == ["prueba.intento"]


def test_un_error_nuestro_no_deja_nada(bd: Engine, huellas: Callable[[], list[str]]) -> None:
    def fallar(sesion: Session) -> None:
        auditar(sesion, QUIEN, "prueba.hecho", "prueba", "x")
        sobrevive(sesion, lambda s: auditar(s, QUIEN, "prueba.intento", "prueba", "x"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaccion() as sesion:
        fallar(sesion)
    assert huellas() == []


@pytest.mark.parametrize(
    ("sobra", "estado"),
    [
        ({f"x{n}": "1" for n in range(8000)}, 422),
        ({"nota": "x" * 70_000}, 422),
        ({f"lineas.{n}.que": "x" * 60_000 for n in range(12)}, 413),
    ],
)
def test_el_cuerpo_tiene_limites(
    navegador: TestClient, huellas: Callable[[], list[str]], sobra: dict[str, str], estado: int
) -> None:
    assert navegador.post("/todo", data={"titulo": "Uno"} | sobra).status_code == estado
    assert huellas() == []


def test_un_archivo_algo_grande_llega_y_lo_juzga_quien_lo_pidio(navegador: TestClient) -> None:
    respuesta = navegador.post("/todo", data={"titulo": "Uno"}, files={"foto": ("f", b"x" * 500)})
    assert respuesta.json()["foto"] == 500
    ajeno = navegador.post("/todo", data={"titulo": "Uno"}, files={"virus": ("f", b"x")})
    assert ajeno.json()["foto"] is None


# --- Showing -----------------------------------------------------------------------------------------


def _pedido(metodo: str = "GET", **cabeceras: str) -> Request:
    crudas = [(k.replace("_", "-").encode(), v.encode()) for k, v in cabeceras.items()]
    return Request(
        {
            "type": "http",
            "method": metodo,
            "path": "/todo",
            "query_string": b"a=1",
            "headers": crudas,
            "server": ("127.0.0.1", 80),
            "scheme": "http",
            "state": {},
        }
    )


def _dibujar(hoja: Hoja[Any]) -> Any:
    plantilla = entorno().from_string(
        '{% import "componentes/formulario.html" as f %}{{ f.resumen_errores(hoja.resumen) }}'
        '{% call f.formulario(hoja, "/todo") %}{{ f.preguntas(hoja) }}{% endcall %}'
    )
    return lxml.html.fromstring(plantilla.render(hoja=hoja))


def test_la_pagina_dibuja_lo_declarado(bd: Engine) -> None:
    hoja = TODO.mostrar(
        _pedido(),
        {"titulo": "Uno", "monto": bs("1234.50"), "acepto": True, "clave": "s3creta"}
        | {"hora": datetime(2026, 11, 28, 14, 30, tzinfo=UTC), "cuanto": Decimal("12.50")},
        opciones={"cual": [("Frutas", [("a", "Ají"), ("b", "Banana")])]},
    )
    hoja.errores = {"titulo": "De 3 a 20 letras."}
    raiz = _dibujar(hoja)
    (formulario,) = raiz.xpath("//form")
    assert formulario.get("enctype") == "multipart/form-data"
    assert formulario.fields["monto"] == "1234,50"
    assert formulario.fields["hora"] == "2026-11-28T10:30"
    assert formulario.fields["cuanto"] == "12,5"
    assert formulario.fields["_pagina"] == "/todo?a=1"
    assert raiz.xpath("//optgroup/@label") == ["Frutas"]
    (titulo,) = raiz.xpath("//input[@name='titulo']")
    assert titulo.get("aria-describedby") == "titulo-ayuda titulo-error"
    assert titulo.get("aria-invalid") == "true"
    assert raiz.xpath("//div[@role='alert']//a/@href") == ["#titulo"]
    (clave,) = raiz.xpath("//input[@name='clave']")
    assert (clave.get("type"), clave.get("value")) == ("password", None)


def _enviada(formulario: Formulario[Any], hoja: Hoja[Any], **escrito: str) -> Hoja[Any]:
    from nucleo.formularios.recibir import Enviado

    return Hoja(formulario, Enviado({**hoja.valores, **hoja.ocultos, **escrito}, {}))


def test_de_una_edicion_se_envia_solo_lo_cambiado(bd: Engine) -> None:
    vista = EDICION.mostrar(_pedido(), {"titulo": "Uno", "nota": "Vieja", "acepto": True}, version=4)
    enviada = _enviada(EDICION, vista, nota="")
    assert enviada.version == 4
    assert enviada.cambiados == {"nota"}
    enviada.valores["titulo"] = "Otro"
    assert enviada.datos.model_fields_set == {"titulo", "nota"}
    sin_marca = _enviada(EDICION, vista)
    del sin_marca.valores["acepto"]  # a box that is not ticked is not sent
    assert sin_marca.cambiados == {"acepto"}


def test_lo_ajeno_se_muestra_y_lo_propio_se_queda(bd: Engine) -> None:
    vista = EDICION.mostrar(_pedido(), {"titulo": "Uno", "nota": "Vieja", "acepto": False}, version=4)
    enviada = _enviada(EDICION, vista, nota="Mía")
    despues = {"titulo": "Dos", "nota": "Ajena", "acepto": False}
    otra = EDICION.mostrar(_pedido("POST"), despues, version=5, enviada=enviada)
    assert otra.valores == {"titulo": "Dos", "nota": "Mía", "acepto": ""}
    assert otra.ajenos == {"titulo": "Dos", "nota": "Ajena"}
    assert (otra.version, otra.ocultos["_id"]) == (5, enviada.ocultos["_id"])
    assert _enviada(EDICION, otra).cambiados == {"nota"}
    texto = _dibujar(otra).text_content()
    assert "ahora dice «Dos»." in texto
    assert "ahora dice «Ajena»; si guarda, quedará lo que usted escribió." in texto


# --- What is kept while one signs in -----------------------------------------------------------------


def test_lo_escrito_vuelve_despues_de_ingresar_una_sola_vez(navegador: TestClient, bd: Engine) -> None:
    escrito = {"titulo": "Largo de escribir", "clave": "s3creta", "error": "401", "_pagina": "/todo"}
    respuesta = navegador.post("/todo", data=escrito)
    assert (respuesta.status_code, respuesta.headers["location"]) == (303, "/ingresar?volver=%2Ftodo")
    assert "Max-Age=600; Path=/; SameSite=lax" in respuesta.headers["set-cookie"]
    assert "HttpOnly" in respuesta.headers["set-cookie"]
    vuelta = navegador.get("/todo").json()
    assert vuelta == {"valores": {"titulo": "Largo de escribir", "error": "401"}, "recuperada": True}
    assert navegador.get("/todo").json() == {"valores": {"titulo": "Antes"}, "recuperada": False}


def test_lo_guardado_es_de_esa_pagina_y_de_esa_persona(navegador: TestClient, bd: Engine) -> None:
    navegador.post("/todo", data={"titulo": "Uno", "error": "401", "_pagina": "/todo?b=2"})
    assert navegador.get("/todo").json()["recuperada"] is False
    assert navegador.get("/todo?b=2").json()["recuperada"] is True


def test_lo_que_no_se_guarda(navegador: TestClient, bd: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TODO, "guardable", False)
    respuesta = navegador.post("/todo", data={"titulo": "Puja", "error": "401"})
    assert respuesta.status_code == 303
    assert "set-cookie" not in respuesta.headers
    monkeypatch.undo()
    for _n in range(guardados.POR_MINUTO + 2):
        respuesta = navegador.post("/todo", data={"titulo": "Uno", "error": "401"})
    assert "set-cookie" not in respuesta.headers
    assert len(list(valkey().scan_iter("formulario:*"))) == guardados.POR_MINUTO


def test_ningun_error_sin_campo_tapa_a_otro() -> None:
    hoja = Hoja(Formulario("prueba.lineas", Nada), Enviado({}, {}))
    hoja.negar(DatosInvalidos("Dos líneas", campos={"linea-2": "Falta.", "linea-3": "Sobra."}))
    assert hoja.resumen == {"general": "Falta.", "general.linea-3": "Sobra."}
