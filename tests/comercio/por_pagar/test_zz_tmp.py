import tests.autorizacion.test_matriz as m
from tests.autorizacion.conftest import memoria as memoria
from tests.autorizacion.matriz_por_pagar import FILAS


def test_matriz(memoria, aplicacion):
    fallas = []
    for una in (m.test_la_matriz_tiene_cada_ruta_de_la_aplicacion_y_ninguna_mas, m.test_lo_publico_de_la_matriz_es_lo_publico_de_la_aplicacion):
        una(aplicacion)
    m.test_cada_cambio_dice_que_puede_negarse()
    for f in FILAS:
        for una in (m.test_quien_puede_y_quien_no, m.test_lo_que_tiene_riesgo_pide_ingresar_otra_vez_y_lo_demas_no, *( [m.test_lo_que_el_dominio_niega_no_cambia_nada] if f.metodo == "POST" else [])):
            try:
                una(memoria, f)
            except BaseException as e:
                fallas.append(f"{una.__name__} {f.metodo} {f.ruta}: {e}")
    assert fallas == [], "\n".join(fallas)
