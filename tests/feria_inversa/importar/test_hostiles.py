"""Whatever a file holds: each line that will not do is told with its number and its reason, the rest is in;
what is no file of SICOES changes nothing."""

import csv
import gzip
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from feria_inversa.importar import Origen, cargar, importar, informe_en_csv
from feria_inversa.importar.celdas import NoSeEntiende, medida
from feria_inversa.importar.consultas import VIGENTES
from feria_inversa.importar.errores import HistoriaCambiada, HistoriaIlegible, OtroLaImporta
from feria_inversa.importar.formatos import forma_de
from feria_inversa.importar.registros import REGISTRO_MAXIMO
from nucleo.bd import transaccion
from tests.feria_inversa.importar.ayudas import (
    CABEZA,
    DEL_MES_DE_SOCIEDATOS,
    QUIEN,
    consultar,
    cuentas,
    de_bytes,
    informe,
    renglon,
    todo,
    traer,
)

BUENA = renglon(1)
OTRA = renglon(2)
LARGA = "x" * (REGISTRO_MAXIMO + 10)


@pytest.mark.parametrize(
    ("medio", "motivo"),
    [
        (f"{LARGA}\n".encode(), "larga"),
        (b"," * 1_000_000 + b"\n", "larga"),  # a million columns
        (b"," * 60_000 + b"\n", "columnas"),
        (b"24-0389-00-1415245-1-1,Alcald\x00ia\n", "nulo"),
        (renglon(3, entidad="Tari\udc9dja").encode(errors="surrogateescape"), "codificacion"),
        (renglon(3, entidad='"sin cerrar').encode(), "comillas"),
        (renglon(3, entidad='"mal" puestas').encode(), "comillas"),
        (b"solo,tres,columnas\n", "columnas"),
        (renglon(3, cuce="24-0389-00").encode(), "cuce"),
        (renglon(3, cuce="").encode(), "cuce"),
        (renglon(3, cuce="24-0389-00-1415245-1-1; DROP TABLE x").encode(), "cuce"),
        (renglon(3, cuce="٢٤-0389-00-1415245-1-1").encode(), "cuce"),
    ],
)
def test_una_linea_mala_no_dana_a_las_demas(bd: Engine, medio: bytes, motivo: str) -> None:
    r = traer((CABEZA + BUENA).encode() + medio + OTRA.encode())
    assert cuentas(r) == (3, 2, 0, 1, 0)
    assert consultar(bd, "SELECT linea FROM feria_historia_proceso ORDER BY 1") == [(2,), (4,)]
    [(linea, campo, que, por_que, dice)] = informe(bd)
    assert (linea, campo, que, por_que) == (3, "", "ilegible", motivo)
    assert len(dice) <= 200
    assert dice.isprintable()


@pytest.mark.parametrize(
    ("cambia", "campo", "motivo", "queda"),
    [
        ({"publicacion": "31/02/2024"}, "fecha_publicacion", "fecha", ("publicado", None)),
        ({"publicacion": "2024-02-30"}, "fecha_publicacion", "fecha", ("publicado", None)),
        ({"presentacion": "2121-03-22"}, "fecha_presentacion", "fecha_imposible", ("presentacion", None)),
        ({"decidido": "0020-12-31"}, "fecha_adjudicacion_desierta", "fecha_imposible", ("decidido", None)),
        ({"subasta": "quizás"}, "subasta", "logico", ("subasta", None)),
        ({"departamento": "Atacama"}, "departamento", "departamento", ("departamento", None)),
        ({"modalidad": "M" * 31}, "modalidad", "texto_largo", ("modalidad", "M" * 30)),
    ],
)
def test_de_una_celda_que_no_se_entiende_queda_lo_demas(
    bd: Engine, cambia: dict[str, str], campo: str, motivo: str, queda: tuple[str, Any]
) -> None:
    r = traer(CABEZA + renglon(1, **cambia))
    assert cuentas(r) == (1, 1, 0, 0, 1)
    [dicho] = cambia.values()
    assert informe(bd) == [(2, campo, "aviso", motivo, dicho)]
    columna, valor = queda
    assert consultar(bd, f"SELECT {columna}, objeto FROM feria_historia_proceso") == [(valor, "Uniformes")]


def test_lo_que_no_esta_en_utf8_se_lee_como_windows_y_se_dice(bd: Engine) -> None:
    r = traer(
        CABEZA.encode() + renglon(1, objeto="Pañales").encode("cp1252") + renglon(2, objeto="Ñ").encode()
    )
    assert cuentas(r) == (2, 2, 0, 0, 1)
    assert informe(bd) == [(2, "", "aviso", "en_1252", "")]
    assert consultar(bd, "SELECT objeto FROM feria_historia_proceso ORDER BY linea") == [("Pañales",), ("Ñ",)]


def test_saltos_de_linea_marca_y_fines_de_windows(bd: Engine) -> None:
    """Quotes hold line breaks, the mark of UTF-8 is no letter, and blank lines are no records."""
    contenido = "\ufeff" + CABEZA + renglon(1, objeto='"Dos\nlíneas, ""así"""') + "\n" + renglon(2) + "\n\n"
    r = traer(contenido.replace("\n", "\r\n"))
    assert cuentas(r) == (2, 2, 0, 0, 0)
    assert consultar(bd, "SELECT linea, objeto FROM feria_historia_proceso ORDER BY 1") == [
        (2, 'Dos  líneas, "así"'),
        (5, "Uniformes"),
    ]
    assert consultar(bd, "SELECT hasta_byte = bytes, hasta_linea FROM feria_historia_archivo") == [(True, 5)]


@pytest.mark.parametrize(
    "contenido",
    [
        b"",
        b"\n\n",
        b"cuce,entidad\n24-0389-00-1415245-1-1,Alcaldia\n",
        b"\x89PNG\r\n\x1a\n",
        b"\x00" * 1000,
        (CABEZA + BUENA).encode("utf-16"),
        CABEZA.replace(",", ";").encode(),
        CABEZA.replace("cuce,", "cuce,cuce,").encode(),
        LARGA.encode(),
        b"\x1f\x8bno es gzip",
    ],
)
def test_lo_que_no_es_de_sicoes_no_cambia_nada(bd: Engine, contenido: bytes, tmp_path: Path) -> None:
    antes = todo(bd)
    ruta = tmp_path / "algo.csv"
    ruta.write_bytes(contenido)
    with pytest.raises(HistoriaIlegible) as error:
        traer(ruta)
    assert error.value.detalle
    assert todo(bd) == antes


def test_de_un_mes_con_quien_atiende_no_se_cuenta_lo_que_no_se_leyo(bd: Engine) -> None:
    """What is broken may be a person and their telephone: the report says where and why, never what."""
    atiende = "Xiomara Quenallata (Telf: 70000001)"
    cortada = f"Uniformes,Vigente,No,2024-03-05,2024-03-01,{atiende},,La Paz,NB-SABS\n"
    corrida = (
        f"24-0389-00-0000001-1-1,Alcaldía,Bienes,CM,Uniformes,Vigente,No,2024-03-05,{atiende},,,La Paz,NB\n"
    )
    r = traer(DEL_MES_DE_SOCIEDATOS + cortada + corrida + f'"{atiende}\n')
    assert cuentas(r) == (3, 1, 0, 2, 1)
    assert informe(bd) == [
        (2, "", "ilegible", "columnas", ""),
        (3, "fecha_publicacion", "aviso", "fecha", ""),
        (4, "", "ilegible", "comillas", ""),
    ]
    assert "Quenallata" not in str(todo(bd))


ATIENDE = "Xiomara Quenallata (Telf: 70000001)"


def _con_persona(serie: int, objeto: str, cuce: str = "24-0389-00-{:07d}-1-1") -> str:
    de_mas = f"Vigente,No,2024-03-05,2024-03-01,{ATIENDE},,La Paz,NB"
    return f"{cuce.format(serie)},Alcaldía,Bienes,CM,{objeto},{de_mas}\n"


@pytest.mark.parametrize(
    "cuce", ["24-0389-00-{:07d}-1-1", "24-389 -0-{:07d}-1-1", "", '"24-0389-00-{:07d}-1-1"']
)
def test_de_dos_filas_con_personas_no_se_hace_una(bd: Engine, cuce: str) -> None:
    """A quote that one row opens and another closes makes no row of right cells with a person in its
    object."""
    abre = f'24-0389-00-0000001-1-1,Alcaldía,Bienes,CM,"Tubo de 4\n{_con_persona(2, "Uniformes", cuce)}'
    cierra = _con_persona(3, 'Tubo de 6"', cuce)
    r = traer(DEL_MES_DE_SOCIEDATOS + abre + cierra + _con_persona(4, '"Dos\nlíneas, ""así"""'))
    assert "Quenallata" not in str(todo(bd))
    hay = consultar(bd, "SELECT linea, objeto FROM feria_historia_proceso ORDER BY 1")
    buenas = [(3, "Uniformes"), (4, 'Tubo de 6"')] if cuce else []
    assert hay == [*buenas, (5, 'Dos líneas, "así"')]
    assert cuentas(r)[:4] == (4, len(hay), 0, 4 - len(hay))
    assert [i for i in informe(bd) if i[2] == "ilegible"] == [
        (2, "", "ilegible", "comillas", ""),
        *([] if cuce else [(3, "", "ilegible", "cuce", ""), (4, "", "ilegible", "cuce", "")]),
    ]


def test_ni_con_fines_de_linea_sueltos(bd: Engine) -> None:
    """A lone carriage return ends no line of ours, and rows of another system's are not one either."""
    fila = _con_persona(1, f'"Tubo de 4\r{_con_persona(2, "Uniformes").strip()}\rTubo de 6"')
    assert cuentas(traer(DEL_MES_DE_SOCIEDATOS + fila + _con_persona(4, '"Dos\rlíneas"'))) == (2, 1, 0, 1, 0)
    assert consultar(bd, "SELECT linea, objeto FROM feria_historia_proceso") == [(3, "Dos líneas")]
    assert informe(bd) == [(2, "", "ilegible", "comillas", "")]


def test_dos_comillas_sueltas_no_se_tragan_lo_que_hay_entre_ellas(bd: Engine) -> None:
    """Inches, without quotes around: each line is read alone. What begins as no row is given back too."""
    r = traer(
        CABEZA
        + renglon(1, objeto='Tubo 4" PVC')
        + renglon(2)
        + renglon(3, objeto='Tubo 6" PVC')
        + renglon(4, objeto='"Abre')
        + "suelta\n"
        + renglon(5, cuce="", objeto='Tubo 8" PVC')
        + renglon(6, objeto='"Dos\nlíneas"')
    )
    assert cuentas(r) == (7, 4, 0, 3, 0)
    assert consultar(bd, "SELECT linea, objeto FROM feria_historia_proceso ORDER BY 1") == [
        (2, 'Tubo 4" PVC'),
        (3, "Uniformes"),
        (4, 'Tubo 6" PVC'),
        (8, "Dos líneas"),
    ]
    assert [i[::3] for i in informe(bd)] == [(5, "comillas"), (6, "columnas"), (7, "cuce")]
    assert consultar(bd, "SELECT hasta_byte = bytes, hasta_linea FROM feria_historia_archivo") == [(True, 9)]


def test_lo_que_se_recuerda_de_las_celdas_no_crece_con_lo_que_las_rodea() -> None:
    forma = forma_de("convocatorias", date(2024, 5, 1))
    blancos, acentos = " " * 50_000, "\u0301" * 50_000
    tracemalloc.start()
    for n in range(60):
        fila = renglon(
            n,
            entidad=f"{blancos}Alcaldía {n}",
            tipo=f"Bienes {n}{blancos}",
            publicacion=f"2024-03-01 {n}{'0' * 50_000}",
            presentacion=f"{blancos}2024-03-{n % 28 + 1:02d}{' ' * n}",
            departamento=f"La Paz{acentos}{n}"[:-2],
        )
        list(forma.leer([fila.strip().split(",")]))
    queda = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert queda < 1_000_000


def test_una_medida_sin_fin_no_es_ninguna() -> None:
    for celda in ("caja x " + "9" * 5_000, "solucion" * 5_000):
        with pytest.raises(NoSeEntiende):
            medida(celda)
    assert medida("caja x 100")[1] == 100


@pytest.mark.parametrize("donde", [12, 20, 300, -9, -4])
def test_un_comprimido_danado_se_dice_y_no_cambia_nada(bd: Engine, tmp_path: Path, donde: int) -> None:
    """A byte that flips: in the data (zlib says so), in its sum, in its length."""
    contenido = CABEZA + "".join(renglon(n, objeto=f"Uniformes {n * 7919 % 1009}") for n in range(400))
    crudo = bytearray(gzip.compress(contenido.encode(), mtime=0))
    crudo[donde] ^= 0xFF
    ruta = tmp_path / "mes.csv.gz"
    ruta.write_bytes(crudo)
    antes = todo(bd)
    with pytest.raises(HistoriaIlegible, match="cortado o dañado"):
        traer(ruta)
    assert todo(bd) == antes


@pytest.mark.parametrize("lotes", [0, 1, 3])
def test_un_archivo_que_cambia_mientras_se_lee_no_sigue(
    bd: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lotes: int
) -> None:
    """What is in is of the bytes that it had; of the others, nothing."""
    monkeypatch.setattr(cargar, "LOTE", 1)
    ruta = tmp_path / "mes.csv"
    ruta.write_text(CABEZA + renglon(1) + renglon(2) + renglon(3))
    hechos = iter(range(1, 9))

    def otro_escribe(_hecho: int = 0, _total: int = 0) -> None:
        if next(hechos) == lotes:
            ruta.write_text("otra cosa\n" * 200)

    if lotes == 0:
        examinar = cargar.examinar

        def examinado(origen: Origen) -> Any:
            examen = examinar(origen)
            ruta.write_text("")
            return examen

        monkeypatch.setattr(cargar, "examinar", examinado)
    with pytest.raises(HistoriaCambiada):
        traer(ruta, progreso=otro_escribe)
    assert consultar(bd, "SELECT estado, registros, hechos FROM feria_historia_archivo") == [
        ("en_marcha", lotes, lotes)
    ]


# --- Versions ---------------------------------------------------------------------------------------------


def test_dos_lineas_que_dicen_otra_cosa_son_dos_versiones_y_rige_la_ultima_vista(bd: Engine) -> None:
    """Both stay, each with its line. In force is that of the file seen last, in any order of import."""
    viejo = CABEZA + renglon(1, estado="Vigente")
    nuevo = CABEZA + renglon(9) + renglon(1, estado="Contratado") + renglon(1, estado="Desierto")
    assert cuentas(traer(nuevo, visto_en=date(2024, 8, 1))) == (3, 3, 0, 0, 1)
    assert cuentas(traer(viejo, visto_en=date(2024, 4, 1))) == (1, 1, 0, 0, 1)
    assert consultar(
        bd,
        "SELECT l.linea, l.motivo, l.archivo_id = p.archivo_id, p.estado <> 'Vigente' FROM "
        "feria_historia_linea l JOIN feria_historia_proceso p ON p.archivo_id = l.otro_archivo_id "
        "AND p.linea = l.otra_linea AND p.cuce = l.cuce ORDER BY l.archivo_id",
    ) == [(4, "otra_version", True, True), (2, "otra_version", False, True)]
    assert consultar(
        bd,
        f"SELECT estado, versiones, linea FROM ({VIGENTES}) v WHERE cuce = '24-0389-00-0000001-1-1'",
    ) == [("Desierto", 3, 4)]
    assert consultar(bd, f"SELECT count(*) FROM ({VIGENTES}) v") == [(2,)]


def test_rige_la_ultima_vista_aunque_repita_una_de_antes(bd: Engine) -> None:
    """Vigente, Suspendido, Vigente again: the third is not written, and is in force; so in one file."""
    vigente = {"objeto": "Uniformes", "estado": "Vigente"}
    meses = [
        (date(2024, 5, 1), renglon(1, **vigente)),
        (date(2024, 6, 1), renglon(1, estado="Suspendido")),
        (date(2024, 7, 1), renglon(1, **vigente) + renglon(2)),
    ]
    como = f"SELECT estado, versiones, linea, visto_en FROM ({VIGENTES}) v WHERE cuce LIKE '%0000001-1-1'"
    hay = []
    for visto, lineas in meses:
        traer(CABEZA + lineas, visto_en=visto)
        hay += consultar(bd, como)
    assert hay == [
        ("Vigente", 1, 2, date(2024, 5, 1)),
        ("Suspendido", 2, 2, date(2024, 6, 1)),
        ("Vigente", 2, 2, date(2024, 7, 1)),
    ]
    traer(CABEZA + renglon(3) + renglon(1, estado="Suspendido"), visto_en=date(2024, 4, 1))
    assert consultar(bd, como) == hay[2:]  # seen before, brought after
    traer(CABEZA + renglon(7, estado="A") + renglon(7, estado="B") + renglon(7, estado="A"))
    assert consultar(bd, como.replace("0000001", "0000007")) == [("A", 2, 2, date(2024, 5, 1))]
    assert consultar(bd, f"SELECT count(*), sum(versiones) FROM ({VIGENTES}) v") == [(4, 6)]


def test_lo_que_rige_de_un_proceso_se_busca_por_indices(bd: Engine) -> None:
    traer(CABEZA + "".join(renglon(n) for n in range(1, 2_001)))  # of an empty table any index is as good
    with bd.begin() as conexion:
        conexion.execute(text("ANALYZE feria_historia_proceso, feria_historia_linea, feria_historia_archivo"))
        conexion.execute(text("SET LOCAL enable_seqscan = off"))
        plan = conexion.execute(
            text(f"EXPLAIN SELECT * FROM ({VIGENTES}) v WHERE cuce = '24-0389-00-0000001-1-1'")
        )
        dicho = "\n".join(plan.scalars())
    assert "ix_feria_historia_linea_otra" in dicho
    assert "uq_feria_historia_proceso_cuce_huella" in dicho
    assert "Seq Scan" not in dicho


def test_otra_version_nombra_la_primera(bd: Engine) -> None:
    for dia, estado in enumerate("CAB", 1):
        traer(CABEZA + renglon(1, estado=estado), visto_en=date(2024, 5, dia))
    assert consultar(
        bd,
        "SELECT count(*), bool_and(otro_archivo_id = (SELECT min(id) FROM feria_historia_archivo)) "
        "FROM feria_historia_linea WHERE motivo = 'otra_version'",
    ) == [(2, True)]


def test_la_misma_linea_en_otro_archivo_es_la_misma(bd: Engine) -> None:
    traer(CABEZA + BUENA)
    assert cuentas(traer(CABEZA + OTRA + BUENA)) == (2, 1, 1, 0, 0)
    assert consultar(bd, "SELECT cuce FROM feria_historia_proceso ORDER BY 1") == [
        ("24-0389-00-0000001-1-1",),
        ("24-0389-00-0000002-1-1",),
    ]


def test_codigos_viejos_y_ceros_perdidos(bd: Engine) -> None:
    """As they are in months since 2007; what is put right says so."""
    traer(
        CABEZA
        + renglon(1, cuce="07-0016-00-75267-2-1")
        + renglon(1, cuce="12-mn01-00-123456-1-1")
        + renglon(1, cuce="24-389-0-1415245-1-1")
        + renglon(1, cuce="24-389 -00-1415246-10-1")
    )
    assert consultar(
        bd, "SELECT cuce, gestion, entidad_codigo, fallas FROM feria_historia_proceso ORDER BY linea"
    ) == [
        ("07-0016-00-75267-2-1", 2007, "0016", []),
        ("12-MN01-00-123456-1-1", 2012, "MN01", ["cuce_corregido"]),
        ("24-0389-00-1415245-1-1", 2024, "0389", ["cuce_corregido"]),
        ("24-0389-00-1415246-10-1", 2024, "0389", ["cuce_corregido"]),
    ]


# --- The database -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_historia_proceso SET estado = 'Desierto'",
        "DELETE FROM feria_historia_proceso",
        "DELETE FROM feria_historia_linea",
        "DELETE FROM feria_historia_archivo",
        "UPDATE feria_historia_archivo SET hechos = 7, registros = 7",
        "UPDATE feria_historia_archivo SET visto_en = '2030-01-01'",
        "INSERT INTO feria_historia_linea SELECT id, 90, '', 'ilegible', 'cuce', NULL, '' "
        "FROM feria_historia_archivo",
        "INSERT INTO feria_historia_item (archivo_id, linea, huella, cuce, fallas) SELECT archivo_id, 90, "
        "huella, cuce, '{}' FROM feria_historia_proceso",
    ],
)
def test_la_base_no_deja_cambiar_lo_leido_ni_al_dueno(bd: Engine, duenio: Engine, sentencia: str) -> None:
    traer(CABEZA + BUENA + BUENA)
    antes = todo(bd)
    for motor in (bd, duenio):
        with pytest.raises(DBAPIError), motor.begin() as conexion:
            conexion.execute(text(sentencia))
    assert todo(bd) == antes


def test_una_linea_no_entra_fuera_de_su_turno(bd: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """While its file is read, lines above where it is do not come in, nor lines of another kind of file."""
    _hasta_la_primera(monkeypatch, "sin,cuce\n")
    fila = (
        "INSERT INTO feria_historia_{} (archivo_id, linea, huella, cuce, fallas) SELECT id, {}, "
        "gen_random_uuid(), '24-0389-00-0000001-1-1', '{{}}' FROM feria_historia_archivo"
    )
    for tabla, linea in (("proceso", 2), ("item", 5)):
        with pytest.raises(DBAPIError, match="in their turn"), bd.begin() as conexion:
            conexion.execute(text(fila.format(tabla, linea)))
    with bd.begin() as conexion:
        conexion.execute(text(fila.format("proceso", 5)))


def _hasta_la_primera(monkeypatch: pytest.MonkeyPatch, primera: str = BUENA) -> Origen:
    """An import of two lots that stopped after the first one."""
    origen = de_bytes(CABEZA + primera + OTRA)
    monkeypatch.setattr(cargar, "LOTE", 1)

    def basta(_hecho: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importar(origen, QUIEN, visto_en=date(2024, 5, 1), progreso=basta)
    return origen


def test_dos_a_la_vez_no_meten_nada_dos_veces(bd: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process takes the next lot while this one was about to: this one stops and says so."""
    origen = _hasta_la_primera(monkeypatch)
    [(archivo_id,)] = consultar(bd, "SELECT id FROM feria_historia_archivo")
    lento = cargar.seguir(archivo_id, origen.abrir())
    leer = cargar._Lector.lote

    def otro_entra(self: Any, por_leer: Any) -> Any:
        lote = leer(self, por_leer)
        monkeypatch.setattr(cargar._Lector, "lote", leer)
        importar(origen, QUIEN)
        return lote

    monkeypatch.setattr(cargar._Lector, "lote", otro_entra)
    with pytest.raises(OtroLaImporta):
        next(lento)
    assert consultar(bd, "SELECT estado, registros, hechos FROM feria_historia_archivo") == [
        ("terminado", 2, 2)
    ]


def test_la_misma_linea_entra_a_la_vez_por_otro_archivo(bd: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another file says the same between this one's look and its write: it is in once, and told."""
    separar, veces = cargar._separar, iter(range(9))

    def otro_antes(*argumentos: Any) -> Any:
        separado = separar(*argumentos)
        if next(veces) == 0:
            traer(CABEZA + OTRA + BUENA)
        return separado

    monkeypatch.setattr(cargar, "_separar", otro_antes)
    assert cuentas(traer(CABEZA + BUENA)) == (1, 0, 1, 0, 0)
    assert consultar(bd, "SELECT count(*) FROM feria_historia_proceso") == [(2,)]


# --- Memory and report ------------------------------------------------------------------------------------


class _Largo(io.RawIOBase):
    """A file that is made as it is read: a month that repeats, code after code."""

    def __init__(self, lineas: int) -> None:
        self._hacer = lambda: _de(lineas)
        self.seek(0)

    def seek(self, donde: int, desde: int = 0) -> int:
        self._partes, self._resto = self._hacer(), b""
        while donde > 0:
            donde -= len(self.readline(donde))
        return donde

    def readable(self) -> bool:
        return True

    def read(self, cuantos: int = -1) -> bytes:
        return self.readline(cuantos)

    def readline(self, cuantos: int | None = -1) -> bytes:
        parte = self._resto or next(self._partes, b"")
        corte = len(parte) if cuantos is None or cuantos < 0 else cuantos
        self._resto = parte[corte:]
        return parte[:corte]


def _de(lineas: int) -> Iterator[bytes]:
    yield CABEZA.encode()
    for n in range(1, lineas + 1):
        yield renglon(n, objeto=f"Uniformes {n} " * 20, departamento="?").encode()


def test_la_memoria_no_crece_con_el_archivo(bd: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cargar, "LOTE", 500)
    picos = []
    for lineas in (600, 1_500, 15_000):
        tracemalloc.start()
        r = importar(Origen("largo.csv", partial(_Largo, lineas)), QUIEN, visto_en=date(2024, 5, 1))
        for _trozo in informe_en_csv([r.archivo_id]):
            pass
        picos.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert r.registros == lineas
    assert picos[2] < 2 * picos[1], picos  # of ten times the lines


def test_el_informe_dice_cada_linea_y_por_que(bd: Engine) -> None:
    r = traer(CABEZA + BUENA + renglon(2, departamento="=1+1") + "a,b\n" + BUENA)
    crudo = b"".join(informe_en_csv([r.archivo_id])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(crudo), delimiter=";")) == [
        ["archivo", "linea", "que", "campo", "motivo", "cuce", "texto", "otro_archivo", "otra_linea"],
        [
            "mes.csv",
            "3",
            "Se leyó, con aviso",
            "departamento",
            "No es un departamento: quedó vacío.",
            "24-0389-00-0000002-1-1",
            "'=1+1",
            "",
            "",
        ],
        [
            "mes.csv",
            "4",
            "No se leyó",
            "",
            "No tiene tantas columnas como el encabezado.",
            "",
            "a,b",
            "",
            "",
        ],
        [
            "mes.csv",
            "5",
            "Repetida",
            "",
            "Dice lo mismo que otra línea: se guarda una vez.",
            "24-0389-00-0000001-1-1",
            "",
            "mes.csv",
            "2",
        ],
    ]


def test_lo_que_se_lleva_la_auditoria(bd: Engine) -> None:
    r = traer(CABEZA + BUENA)
    with transaccion() as sesion:
        filas = sesion.connection().execute(
            text(
                "SELECT accion, objeto_id, actor_nombre FROM nucleo_auditoria WHERE accion LIKE 'historia.%'"
            )
        )
        assert [tuple(f) for f in filas] == [("historia.importar", str(r.archivo_id), "quien prueba")]
